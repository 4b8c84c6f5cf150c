package io.mcpgovernor.bench.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UpstreamMessagesTest {
  @ParameterizedTest
  @ValueSource(ints = {512, 1_000, 1 << 10, 64 << 10, 1 << 20})
  void aResultHasATextOfExactlyTheBytesAskedFor(int bytes) {
    String text = text(answer(call("7", bytes, "")));

    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSize(bytes);
    assertThat(Json.text(text).object()).containsKey("orders");
  }

  @Test
  void aKibibyteHasTheAddressesThatTheReportSays() {
    String text = text(answer(call("7", 1 << 10, "")));

    assertThat(Pattern.compile(LightUpstream.ADDRESS).matcher(text).results()).hasSize(4);
    assertThat(text).containsOnlyOnce("+43 660");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "\"seven\"", "10000000000000000000000"})
  void anAnswerHasTheIdAsItCame(String id) {
    assertThat(answer(call(id, 512, ""))).startsWith("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",");
  }

  @Test
  void onlyTheRevisionWithoutSessionsIsToldTheTypeOfAResult() {
    String meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"},";

    assertThat(result(answer(call("1", 512, meta))).get("resultType")).isEqualTo("complete");
    assertThat(result(answer(call("1", 512, ""))).get("resultType")).isNull();
  }

  @Test
  void whatIsNotOfferedIsAnError() {
    assertThat(answer("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prompts/list\"}"))
        .contains("-32601");
    assertThat(answer(call("1", 511, ""))).contains("-32602");
    assertThat(answer(call("1", (8 << 20) + 1, ""))).contains("-32602");
  }

  @Test
  void overStdioEachRequestHasALineAndNotificationsHaveNone() throws Exception {
    String in =
        """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18"}}
        {"jsonrpc":"2.0","method":"notifications/initialized"}
        {"jsonrpc":"2.0","id":2,"method":"tools/list"}
        """;
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    LightUpstream.serve(new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)), out);

    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(result(lines.get(0)).get("protocolVersion")).isEqualTo("2025-06-18");
    assertThat(lines.get(1)).contains("\"name\":\"echo\"");
  }

  private static String call(String id, int bytes, String meta) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"tools/call\",\"params\":{%s\"name\":\"echo\",\"arguments\":{\"bytes\":%d}}}"
        .formatted(id, meta, bytes);
  }

  private static String answer(String request) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      LightUpstream.serve(
          new ByteArrayInputStream((request + "\n").getBytes(StandardCharsets.UTF_8)), out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  private static Map<?, ?> result(String answer) {
    return (Map<?, ?>) Json.text(answer).object().get("result");
  }

  private static String text(String answer) {
    List<?> content = (List<?>) result(answer).get("content");
    return (String) ((Map<?, ?>) content.get(0)).get("text");
  }
}
