package io.mcpgovernor.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Headers of 2026-07-28 that say something else than the body: nobody is asked. */
@Timeout(120)
final class HeadersAndBodyTest {
  private static final String TOOL =
      "{\"name\":\"pay\",\"inputSchema\":{\"type\":\"object\",\"properties\":{"
          + "\"region\":{\"type\":\"string\",\"x-mcp-header\":\"Region\"},"
          + "\"amount\":{\"type\":\"integer\",\"x-mcp-header\":\"Amount\"}}}}";
  private static final String PAY =
      "{\"name\":\"pay\",\"arguments\":{\"region\":\"eu\",\"amount\":10}}";

  @TempDir Path directory;
  private ScriptedServer server;
  private GatewayUnderTest gateway;

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer().tool(TOOL);
    gateway = GatewayUnderTest.before(server, directory);
  }

  @AfterEach
  void end() throws Exception {
    gateway.close();
    server.close();
  }

  private static Map<String, String> headers(String... more) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Mcp-Protocol-Version", "2026-07-28");
    headers.put("Mcp-Method", "tools/call");
    headers.put("Mcp-Name", "pay");
    headers.put("Mcp-Param-Region", "eu");
    headers.put("Mcp-Param-Amount", "10");
    for (int i = 0; i < more.length; i += 2) {
      headers.put(more[i], more[i + 1]);
    }
    return headers;
  }

  private Received call(Map<String, String> headers) throws Exception {
    byte[] body = Requests.stateless(1, "tools/call", PAY).getBytes(UTF_8);
    return gateway.client().open("POST", body, headers).received();
  }

  private void refused(Map<String, String> headers) throws Exception {
    int records = gateway.calls().size();

    Received received = call(headers);

    assertThat(received.status()).as(headers.toString()).isEqualTo(400);
    assertThat(received.errorCode()).isEqualTo(-32_020);
    assertThat(server.seen("tools/call")).isEmpty();
    assertThat(gateway.calls()).as("no policy was asked").hasSize(records);
  }

  @Test
  void whatIsTheSameIsCalled() throws Exception {
    Received received = call(headers());

    assertThat(received.status()).isEqualTo(200);
    assertThat(received.text()).isEqualTo("done");
    assertThat(server.seen("tools/call").getFirst().head().toLowerCase(java.util.Locale.ROOT))
        .contains("mcp-method: tools/call")
        .contains("mcp-name: pay")
        .contains("mcp-param-region: eu");
  }

  @Test
  void base64IsReadAsWhatItSays() throws Exception {
    String name = "=?base64?" + Base64.getEncoder().encodeToString("pay".getBytes(UTF_8)) + "?=";

    assertThat(call(headers("Mcp-Name", name)).text()).isEqualTo("done");
  }

  @Test
  void anotherMethodIsRefused() throws Exception {
    refused(headers("Mcp-Method", "tools/list"));
    refused(headers("Mcp-Method", "TOOLS/CALL"));
    refused(headers("Mcp-Method", ""));
  }

  @Test
  void anotherNameIsRefused() throws Exception {
    refused(headers("Mcp-Name", "look"));
    refused(headers("Mcp-Name", "Pay"));
    refused(headers("Mcp-Name", "=?base64?bG9vaw==?="));
    refused(headers("Mcp-Name", "=?base64?p@y?="));
  }

  @Test
  void anotherParameterIsRefused() throws Exception {
    refused(headers("Mcp-Param-Region", "us"));
    refused(headers("Mcp-Param-Amount", "11"));
    refused(headers("Mcp-Param-Amount", "ten"));
  }

  @Test
  void anotherRevisionIsRefused() throws Exception {
    refused(headers("Mcp-Protocol-Version", "2026-07-29"));
    refused(headers("Mcp-Protocol-Version", "2025-11-25"));
  }

  @Test
  void whatIsMissingIsRefused() throws Exception {
    for (String name :
        new String[] {"Mcp-Protocol-Version", "Mcp-Method", "Mcp-Name", "Mcp-Param-Region"}) {
      Map<String, String> headers = headers();
      headers.remove(name);
      refused(headers);
    }
  }

  @Test
  void aHeaderThatIsThereTwiceIsRefused() throws Exception {
    for (String name : new String[] {"Mcp-Name", "Mcp-Method", "Mcp-Param-Region"}) {
      Map<String, String> headers = headers();
      headers.put(name.toLowerCase(java.util.Locale.ROOT), headers.get(name));

      assertThat(call(headers).status()).isEqualTo(400);
    }
    assertThat(server.seen("tools/call")).isEmpty();
  }

  @Test
  void headersOfTheNewRevisionAreNoneOfTheOldOnes() throws Exception {
    // A server of the old revisions does not read them, and neither may a policy.
    Received received =
        gateway
            .client()
            .with("Mcp-Method", "ping")
            .with("Mcp-Name", "pay")
            .legacy("tools/call", Requests.call("look", "{}"));

    assertThat(received.text()).isEqualTo("done");
    assertThat(gateway.calls()).contains("outcome success look");
  }
}
