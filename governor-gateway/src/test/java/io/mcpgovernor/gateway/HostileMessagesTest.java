package io.mcpgovernor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.gateway.HostileMessages.Hostile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What nobody may understand differently than the gateway does never gets further than it. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
final class HostileMessagesTest {
  private static final int BYTES_MAX = 8_192;

  private ScriptedServer server;
  private GatewayUnderTest gateway;
  private StdioUnderTest stdio;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server = new ScriptedServer();
    gateway =
        GatewayUnderTest.before(
            server,
            Files.createDirectory(directory.resolve("http")),
            "limits: { message_bytes: 8KiB, denials_minute: 1000000 }");
    stdio = StdioUnderTest.beforeProcess(server, Files.createDirectory(directory.resolve("stdio")));
    stdio.client().initialized();
    assertThat(stdio.client().legacy("ping", "{}").result()).isEmpty();
  }

  @AfterAll
  void end() throws Exception {
    gateway.close();
    stdio.close();
    server.close();
  }

  static Stream<Hostile> messages() {
    return HostileMessages.all().filter(hostile -> hostile.message().length <= BYTES_MAX);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void isRefusedOverHttpAndTheServerSeesNothing(Hostile hostile) throws Exception {
    int before = server.seen().size();

    Received received = gateway.client().post(hostile.message());

    assertThat(received.status()).isEqualTo(400);
    assertThat(received.errorCode()).isIn(-32_700, -32_600, -32_602);
    assertThat(received.errorMessage()).containsIgnoringCase(hostile.says());
    assertThat(server.seen()).hasSize(before);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void isRefusedInASessionToo(Hostile hostile) throws Exception {
    WireClient client = gateway.client().initialized();
    int before = server.seen().size();

    Received received = client.post(hostile.message());

    assertThat(received.status()).isEqualTo(400);
    assertThat(received.error()).isNotEmpty();
    assertThat(server.seen()).hasSize(before);
  }

  static Stream<Hostile> lines() {
    return HostileMessages.all().filter(Hostile::isOneLine);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void isRefusedOnALineAndTheServerSeesNothing(Hostile hostile) throws Exception {
    int before = server.seen().size();

    Received received = stdio.client().post(hostile.message());

    assertThat(received.errorCode()).isIn(-32_700, -32_600, -32_602);
    assertThat(received.errorMessage()).containsIgnoringCase(hostile.says());
    assertThat(server.seen()).hasSize(before);
  }

  @Test
  void aLineThatIsTooLongIsRefusedAndTheNextIsRead() throws Exception {
    for (Hostile hostile : HostileMessages.largerThan(5 << 20)) {
      int before = server.seen().size();

      Received received = stdio.client().post(hostile.message());

      assertThat(received.errorMessage()).contains("at most");
      assertThat(server.seen()).hasSize(before);
      assertThat(stdio.client().legacy("ping", "{}").result()).isEmpty();
    }
  }

  @Test
  void whatIsTooLargeIsRefusedBeforeItIsRead() throws Exception {
    for (Hostile hostile : HostileMessages.largerThan(BYTES_MAX)) {
      int before = server.seen().size();

      Received received = gateway.client().post(hostile.message());

      assertThat(received.status()).isEqualTo(413);
      assertThat(received.raw()).contains("at most " + BYTES_MAX + " bytes");
      assertThat(server.seen()).hasSize(before);
    }
  }

  @Test
  void anAnswerToWhatNobodyAskedIsNoWayToTheServerForARequest() throws Exception {
    WireClient client = gateway.client().initialized();
    int before = server.seen().size();

    Received received =
        client.post(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"method\":\"tools/call\","
                + "\"params\":{\"name\":\"look\"}}");

    assertThat(received.status()).isEqualTo(400);
    assertThat(server.seen()).hasSize(before);
  }
}
