package io.mcpgovernor.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.audit.JsonlAuditLog;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.policy.Identity.Trust;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the SDK's client does not show of a server over stdio; the rest is in ServerShapesTest. */
final class StdioTest {
  private static final String INITIALIZE =
      """
      {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18",\
       "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}""";
  private static final String INITIALIZED =
      """
      {"jsonrpc": "2.0", "method": "notifications/initialized"}""";
  private static final String BROKEN =
      """
      {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "broken",\
       "arguments": {"id": 1, "tenant_id": "acme"}}}""";

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"STDIO_SYNC", "STDIO_ASYNC"})
  void stdoutHasMcpOnlyAndTheProcessEndsWithItsInput(Shape shape) throws Exception {
    Process server =
        new ProcessBuilder(StdioChild.command(shape, directory, Trust.VERIFIED, "alice"))
            .redirectError(Redirect.DISCARD)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      try (Writer in = new OutputStreamWriter(server.getOutputStream(), StandardCharsets.UTF_8)) {
        send(in, INITIALIZE);
        assertThat(Json.text(out.readLine()).object()).containsEntry("id", 1);
        send(in, INITIALIZED);
        send(in, BROKEN);
        assertThat(Json.text(out.readLine()).object())
            .containsEntry("id", 2)
            .hasEntrySatisfying(
                "result", denied -> assertThat(denied.toString()).contains("tool_error"));
      }

      assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(server.exitValue()).isZero();
      assertThat(out.readLine()).isNull();
    } finally {
      server.destroyForcibly();
    }
    assertThat(JsonlAuditLog.readLogs(directory, 2))
        .extracting(record -> record.object().get("event"))
        .containsExactly("outcome", "attempt");
  }

  private static void send(Writer in, String message) throws Exception {
    in.write(message + "\n");
    in.flush();
  }
}
