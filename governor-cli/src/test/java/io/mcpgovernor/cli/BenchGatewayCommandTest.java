package io.mcpgovernor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code governor bench gateway}: that it runs and says everything, not what it measures. */
final class BenchGatewayCommandTest {
  @TempDir private Path directory;

  @Test
  void withoutTheGovernorTheServerIsMeasuredAlone() throws Exception {
    assertThat(rows("--without-governor", "--clients", "1,3", "--sizes", "1KiB,700"))
        .contains(
            "direct, 1 KiB, 1 client: CPU of both ends",
            "direct, 1 KiB, 3 clients: CPU of both ends",
            "direct, 700 B, 1 client: CPU of both ends")
        .doesNotContain("governor");
  }

  @Test
  void theGovernorIsMeasuredBesideTheServerAlone() throws Exception {
    assertThat(rows("--clients", "1,8", "--sizes", "1KiB,64KiB"))
        .contains(
            "name=1 KiB, 1 client: p50 (direct), unit=us",
            "name=1 KiB, 1 client: p50 added, unit=us",
            "name=1 KiB, 8 clients: calls (nginx), unit=/s",
            "name=1 KiB, 8 clients: CPU a call (nginx), unit=us",
            "name=64 KiB, 8 clients: results (direct), unit=MB/s",
            "name=fsync, 1 KiB, 8 clients: p50 added, unit=us",
            "name=direct, 64 KiB, 8 clients: CPU of both ends, unit=us")
        .doesNotContain("name=fsync, 64 KiB");
  }

  @ParameterizedTest
  @CsvSource({"2026-07-28, sse", "2025-11-25, chunked"})
  void theGovernorIsMeasuredInEveryRevisionAndForm(String protocol, String form) throws Exception {
    assertThat(rows("--clients", "2", "--sizes", "1KiB", "--protocol", protocol, "--answers", form))
        .contains("name=1 KiB, 2 clients: p50 added, unit=us");
  }

  @Test
  void tokensAreMeasuredBesideAGovernorWithoutThem() throws Exception {
    assertThat(rows("--clients", "2", "--sizes", "1KiB", "--auth", "jwt"))
        .contains(
            "name=1 KiB, 2 clients: p50 added, unit=us",
            "name=jwt, 1 KiB, 2 clients: p50 added, unit=us",
            "name=jwt, 1 KiB, 2 clients: CPU a call, unit=us",
            "name=jwt, 1 KiB, 2 clients: CPU a call added by tokens, unit=us");
  }

  @Test
  void idleSessionsStayOpenWhileOthersCall() throws Exception {
    assertThat(rows("--idle", "5"))
        .contains(
            "name=5 idle, 64 busy: idle sessions still open, unit=, value=5",
            "name=5 idle, 64 busy: heap after GC, at most, unit=MiB",
            "name=5 idle, 64 busy: threads, last third (first)");
  }

  @Test
  void nginxIsMeasuredBesideWhereItIsInstalled() throws Exception {
    String rows = rows("--without-governor", "--clients", "1", "--sizes", "1MiB");

    boolean isInstalled =
        !Files.readString(directory.resolve("err.txt")).contains("nginx, which is not installed");
    assertThat(rows.contains("nginx, 1 MiB, 1 client: p50 added")).isEqualTo(isInstalled);
    assertThat(rows.contains("nginx, 1 MiB, 1 client: CPU a call")).isEqualTo(isInstalled);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--clients=0",
        "--sizes=511",
        "--sizes=9MiB",
        "--protocol=2024-11-05",
        "--answers=loud",
        "--auth=password",
        "--idle=10 --protocol=2026-07-28",
        "--minutes=1 --without-governor"
      })
  void whatCannotBeMeasuredIsAUsageError(String options) throws Exception {
    assertThat(run(options.split(" "))).isEqualTo(2);
    assertThat(Files.readString(directory.resolve("err.txt"))).contains("Usage:");
  }

  private String rows(String... options) throws Exception {
    assertThat(run(options)).as(Files.readString(directory.resolve("err.txt"))).isZero();
    String out = Files.readString(directory.resolve("out.json"));
    return String.valueOf(Json.text(out).object().get("rows"));
  }

  private int run(String... options) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.mcpgovernor.cli.Main",
                "bench",
                "gateway",
                "--quick",
                "--json"));
    words.addAll(List.of(options));
    return new ProcessBuilder(words)
        .redirectOutput(directory.resolve("out.json").toFile())
        .redirectError(directory.resolve("err.txt").toFile())
        .start()
        .waitFor();
  }
}
