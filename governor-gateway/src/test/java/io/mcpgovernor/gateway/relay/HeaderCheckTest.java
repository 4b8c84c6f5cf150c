package io.mcpgovernor.gateway.relay;

import static io.mcpgovernor.gateway.relay.Texts.client;
import static io.mcpgovernor.gateway.relay.Texts.headers;
import static io.mcpgovernor.gateway.relay.Texts.json;
import static io.mcpgovernor.gateway.relay.Texts.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.gateway.message.Message;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeaderCheckTest {
  private static final Headers LIST =
      headers("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/list");
  private static final Headers CALL =
      headers(
          "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call", "Mcp-Name", "export");

  private static final Json TOOL =
      json(
          """
          {'name':'export','inputSchema':{'type':'object','properties':{
            'region':{'type':'string','x-mcp-header':'Region'},
            'limit':{'type':'integer','x-mcp-header':'Limit'},
            'all':{'type':'boolean','x-mcp-header':'All'},
            'where':{'type':'object','properties':{'city':{'type':'string','x-mcp-header':'City'}}},
            'plain':{'type':'string'}}}}
          """);

  @Test
  void headersThatSayWhatTheBodySaysAreRight() {
    assertThat(HeaderCheck.problem(LIST, request("tools/list", ""), null)).isNull();
    assertThat(HeaderCheck.problem(CALL, request("tools/call", "'name':'export'"), null)).isNull();
    assertThat(
            HeaderCheck.problem(
                CALL.with("mcp-method", " tools/call\t"),
                request("tools/call", "'name':'\\u0065xport'"),
                TOOL))
        .isNull();
  }

  @Test
  void versionMethodAndNameAreRequiredInThatOrder() {
    Message call = request("tools/call", "'name':'export'");
    assertThat(HeaderCheck.problem(Headers.NONE, call, null))
        .isEqualTo("The header MCP-Protocol-Version is missing.");
    assertThat(HeaderCheck.problem(headers("MCP-Protocol-Version", "2026-07-28"), call, null))
        .isEqualTo("The header Mcp-Method is missing.");
    assertThat(HeaderCheck.problem(LIST, call, null))
        .isEqualTo("The header Mcp-Method and the method of the message differ.");
    assertThat(HeaderCheck.problem(LIST.with("mcp-method", "Tools/Call"), call, null))
        .isEqualTo("The header Mcp-Method and the method of the message differ.");
    assertThat(HeaderCheck.problem(LIST.with("mcp-method", "tools/call"), call, null))
        .isEqualTo("The header Mcp-Name is missing, which repeats params.name.");
    assertThat(HeaderCheck.problem(CALL.with("mcp-name", "other"), call, null))
        .isEqualTo("The header Mcp-Name and params.name differ.");
    assertThat(HeaderCheck.problem(CALL.with("mcp-protocol-version", "2027-01-01"), call, null))
        .isEqualTo("The header MCP-Protocol-Version and the protocol version in _meta differ.");
  }

  @Test
  void theNameIsWhatTheMethodIsAbout() {
    Map.of(
            "tools/call", "name",
            "prompts/get", "name",
            "resources/read", "uri",
            "tasks/get", "taskId",
            "tasks/update", "taskId",
            "tasks/cancel", "taskId")
        .forEach(
            (method, member) -> {
              Headers headers = LIST.with("mcp-method", method);
              Message about = request(method, "'" + member + "':'it'");
              assertThat(HeaderCheck.problem(headers.with("mcp-name", "it"), about, null)).isNull();
              assertThat(HeaderCheck.problem(headers, about, null)).contains("Mcp-Name is missing");
              assertThat(HeaderCheck.problem(headers.with("mcp-name", "x"), about, null))
                  .isEqualTo("The header Mcp-Name and params." + member + " differ.");
              // What has no name is for the server to refuse.
              assertThat(HeaderCheck.problem(headers, request(method, ""), null)).isNull();
            });
  }

  @Test
  void whatAHeaderCannotHoldIsBase64() {
    Message call = request("tools/call", "'name':'Größe 😀'");
    assertThat(HeaderCheck.problem(CALL.with("mcp-name", base64("Größe 😀")), call, null)).isNull();
    assertThat(HeaderCheck.problem(CALL.with("mcp-name", base64("Grösse")), call, null))
        .isEqualTo("The header Mcp-Name and params.name differ.");
    Message export = request("tools/call", "'name':'export'");
    assertThat(HeaderCheck.problem(CALL.with("mcp-name", base64("export")), export, null)).isNull();
    for (String wrong :
        List.of(
            "ZXhwb3J0=",
            "ZXhwb3J",
            "ZX!wb3J0",
            "ZXhw b3J0",
            "ZXhwb3J0\n",
            "/w==",
            "7aCA",
            "====")) {
      assertThat(
              HeaderCheck.problem(CALL.with("mcp-name", "=?base64?" + wrong + "?="), export, null))
          .as(wrong)
          .isEqualTo("The header Mcp-Name is not valid Base64 of UTF-8.");
    }
    String large = "x".repeat(60_000); // as long as a server takes, and longer
    assertThat(HeaderCheck.problem(CALL.with("mcp-name", base64(large)), export, null))
        .isEqualTo("The header Mcp-Name and params.name differ.");
    // Without its beginning or its end it is what it is.
    for (String literal :
        List.of("=?base64?ZXhwb3J0", "ZXhwb3J0?=", "=?base64?=", "=?BASE64?eA==?=")) {
      Message same = request("tools/call", "'name':'" + literal + "'");
      assertThat(HeaderCheck.problem(CALL.with("mcp-name", literal), same, null)).isNull();
      assertThat(HeaderCheck.problem(CALL.with("mcp-name", literal), export, null)).isNotNull();
    }
  }

  @Test
  void argumentsThatTheSchemaAsksForAreRepeated() {
    String arguments = "'region':'eu','limit':42,'all':true,'where':{'city':'Köln'},'plain':'x'";
    Headers headers =
        CALL.with("mcp-param-region", "eu")
            .with("mcp-param-limit", "42")
            .with("mcp-param-all", "true")
            .with("mcp-param-city", base64("Köln"));
    assertThat(problem(headers, arguments)).isNull();
    assertThat(problem(headers.with("mcp-param-limit", "42.0"), arguments)).isNull();
    assertThat(problem(headers.with("mcp-param-limit", "43"), arguments))
        .isEqualTo("The header Mcp-Param-Limit and its argument differ.");
    assertThat(problem(headers.with("mcp-param-limit", "4.2e1"), arguments)).isNotNull();
    assertThat(problem(headers.with("mcp-param-all", "True"), arguments))
        .isEqualTo("The header Mcp-Param-All and its argument differ.");
    assertThat(problem(headers.with("mcp-param-region", "us"), arguments))
        .isEqualTo("The header Mcp-Param-Region and its argument differ.");
    assertThat(problem(headers.with("mcp-param-city", "Köln".substring(0, 1)), arguments))
        .isEqualTo("The header Mcp-Param-City and its argument differ.");
    assertThat(problem(headers.with("mcp-param-city", "=?base64?SGVsbG8?="), arguments))
        .isEqualTo("The header Mcp-Param-City is not valid Base64 of UTF-8.");
    assertThat(problem(CALL, arguments))
        .isEqualTo("The header Mcp-Param-Region is missing, whose argument is there.");
  }

  @Test
  void anArgumentThatIsNotThereHasNoHeader() {
    assertThat(problem(CALL, "")).isNull();
    assertThat(problem(CALL, "'region':null,'where':{}")).isNull();
    assertThat(problem(CALL, "'region':{'a':1},'where':'x'")).isNull();
    assertThat(problem(CALL, "'limit':9007199254740993")).isNull(); // no number to every reader
    assertThat(problem(CALL.with("mcp-param-region", "eu"), "")).isNull();
    assertThat(HeaderCheck.problem(CALL, request("tools/call", "'name':'export'"), TOOL)).isNull();
    Message prompt = request("prompts/get", "'name':'export','arguments':{'region':'eu'}");
    assertThat(HeaderCheck.problem(CALL.with("mcp-method", "prompts/get"), prompt, TOOL)).isNull();
  }

  @Test
  void aSchemaThatAsksWhereItMayNotAsksForNothing() {
    String call = "'a':'x','b':'y'";
    for (String properties :
        List.of(
            "'a':{'type':'string','x-mcp-header':''}",
            "'a':{'type':'string','x-mcp-header':'A B'}",
            "'a':{'type':'string','x-mcp-header':'Ä'}",
            "'a':{'type':'string','x-mcp-header':7}",
            "'a':{'type':'object','x-mcp-header':'A'}",
            "'a':{'x-mcp-header':'A'}",
            "'a':{'type':'string','x-mcp-header':'A'},'b':{'type':'string','x-mcp-header':'a'}",
            "'a':{'type':'string','x-mcp-header':'A'},'c':{'items':{'type':'string','x-mcp-header':'C'}}",
            "'a':{'type':'string','x-mcp-header':'A'},"
                + "'c':{'oneOf':[{'properties':{'d':{'type':'string','x-mcp-header':'D'}}}]}",
            "'a':{'type':'string','x-mcp-header':'A'},'c':{'$defs':{'e':{'type':'string','x-mcp-header':'E'}}}")) {
      assertThat(problem(CALL, call, "{'inputSchema':{'properties':{" + properties + "}}}"))
          .as(properties)
          .isNull();
    }
    for (String definition :
        List.of(
            "{}",
            "[]",
            "7",
            "{'inputSchema':7}",
            "{'inputSchema':{'x-mcp-header':'A'}}",
            "{'x-mcp-header'")) {
      assertThat(problem(CALL, call, definition)).isNull();
    }
    // A number may not ask, but is looked at; and escapes hide nothing.
    for (String asking :
        List.of(
            "{'inputSchema':{'properties':{'a':{'type':'number','x-mcp-header':'A'}}}}",
            "{'inputSchema':{'properties':{'a':{'type':'string','\\u0078-mcp-header':'A'}}}}")) {
      assertThat(problem(CALL, call, asking)).contains("Mcp-Param-A is missing");
    }
    String number = "{'inputSchema':{'properties':{'a':{'type':'number','x-mcp-header':'A'}}}}";
    assertThat(problem(CALL.with("mcp-param-a", "1.50"), "'a':1.5", number)).isNull();
    assertThat(problem(CALL.with("mcp-param-a", "1.51"), "'a':1.5", number)).isNotNull();
  }

  @Test
  void notificationsAreAskedForNothingAndMustNotContradictThemselves() {
    Message cancelled = client("{'jsonrpc':'2.0','method':'notifications/cancelled'}");
    assertThat(HeaderCheck.problem(Headers.NONE, cancelled, null)).isNull();
    assertThat(HeaderCheck.problem(LIST, cancelled, null))
        .isEqualTo("The header Mcp-Method and the method of the message differ.");
    Message answer = client("{'jsonrpc':'2.0','id':1,'result':{}}");
    assertThat(HeaderCheck.problem(LIST, answer, null)).isNull();
  }

  private static @Nullable String problem(Headers headers, String arguments) {
    Message call = request("tools/call", "'name':'export','arguments':{" + arguments + "}");
    return HeaderCheck.problem(headers, call, TOOL);
  }

  private static @Nullable String problem(Headers headers, String arguments, String definition) {
    Message call = request("tools/call", "'name':'export','arguments':{" + arguments + "}");
    return HeaderCheck.problem(headers, call, json(definition));
  }

  private static String base64(String value) {
    return "=?base64?" + Base64.getEncoder().encodeToString(value.getBytes(UTF_8)) + "?=";
  }
}
