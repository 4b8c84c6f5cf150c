package io.mcpgovernor.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.bench.upstream.AnswerForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are started, asked what they use, and ended. */
final class ProcessesTest {
  @Test
  void aServerIsMeasuredFromTheOutsideAndEnds() throws Exception {
    ServerProcess upstream = Processes.upstream(0, AnswerForm.FIXED);
    try (LoadClient client = LoadClient.open(upstream.uri(), "2025-11-25")) {
      client.first(1 << 10);
      long cpu = upstream.figures().cpuNanos();

      assertThat(cpu).isPositive();
      assertThat(HeapFigures.usedAfterCollection(upstream.figures().process().pid()).orElseThrow())
          .isBetween(100_000L, 64L << 20);
      upstream
          .figures()
          .residentBytesMax()
          .ifPresent(
              most ->
                  assertThat(upstream.figures().residentBytes().orElseThrow())
                      .isBetween(1L << 20, most));
    } finally {
      upstream.close();
    }
    assertThat(upstream.isAlive()).isFalse();
  }

  @Test
  void aServerThatEndsInsteadOfListeningIsQuoted() {
    List<String> command = Processes.upstreamCommand(List.of(), "nonsense");

    assertThatThrownBy(() -> ServerProcess.start(command, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("usage: LightUpstream");
  }

  @Test
  void aStdioServerAnswersTheClientThatMeasuresStarts(@TempDir Path directory) throws Exception {
    List<String> command = Processes.upstreamCommand(List.of("-Xshare:auto"), "stdio");
    try (StdioClient client = StdioClient.start(command, directory)) {
      assertThat(client.initialize()).isPositive();
      client.call(64 << 10);
      assertThatThrownBy(() -> client.call(1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("echo takes bytes");
    }
  }
}
