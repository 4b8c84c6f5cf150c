package io.mcpgovernor.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.cli.pii.BrokenPipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code governor audit search}, in processes where pipes matter. */
final class SearchCommandTest {
  @TempDir private Path directory;

  private Path log(String name, long seed, long records) throws IOException {
    Path log = directory.resolve(name);
    try (SampleLog sample = new SampleLog(log, seed, 1_000, seed % 2 == 0)) {
      sample.write(records);
    }
    return log;
  }

  @Test
  void aValueIsFoundByItsHashAndNeverShown() throws Exception {
    Path log = log("audit", 1, 30_000);
    String value = SampleLog.value(77);

    Ran any =
        Ran.process(
            Map.of(),
            "  " + value.toUpperCase(java.util.Locale.ROOT) + "\nnot this",
            "search",
            log,
            "--value",
            "--json");
    assertThat(any.err()).isEmpty();
    assertThat(any.lines()).isNotEmpty();
    ValueQuery query = new ValueQuery(value, "email", null);
    for (String line : any.lines()) {
      LogEntry entry = EntryParser.parse(line.getBytes(), 0, line.getBytes().length);
      assertThat(entry).isNotNull();
      assertThat(query.in(log).isIn(entry)).isTrue();
    }
    assertThat(query.toString()).doesNotContain(value);

    Ran email = Ran.process(Map.of(), value, "search", log, "--value", "--kind", "email", "--json");
    assertThat(email.out()).isEqualTo(any.out());
    Ran read = Ran.process(Map.of(), value, "search", log, "--value", "--no-index", "--json");
    assertThat(read.out()).isEqualTo(any.out());
    Ran none = Ran.process(Map.of(), "nobody@example.com", "search", log, "--value");
    assertThat(none.out()).isEmpty();
    assertThat(none.err()).isEqualTo("no record matches\n");
    assertThat(none.code()).isZero();
  }

  @Test
  void aValueIsNotLookedForWithoutAKeyOrAValue() throws Exception {
    Path log = log("audit", 1, 100);

    assertRefused(2, "--value", "", "search", log, "--value");
    assertRefused(2, "go with --value", "", "search", log, "--kind", "email");
    Ran noKey =
        Ran.process(Map.of(), "x@example.com", "search", log, "--value", "--keys", directory);
    assertThat(noKey.code()).isEqualTo(1);
    assertThat(noKey.err()).contains("no value key").doesNotContain("x@example.com");
    Path keys = Files.createDirectory(directory.resolve("other"));
    Files.writeString(keys.resolve("value-00000000.key"), "00".repeat(32));
    assertRefused(
        1, "another key than its name says", "x", "search", log, "--value", "--keys", keys);
    Files.writeString(keys.resolve("value-00000000.key"), "no key");
    assertRefused(1, "is not a value key", "x", "search", log, "--value", "--keys", keys);
  }

  private static void assertRefused(int code, String says, String input, Object... words)
      throws Exception {
    Ran ran = Ran.process(Map.of(), input, words);
    assertThat(ran.code()).as(ran.err()).isEqualTo(code);
    assertThat(ran.err()).contains(says);
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void whatCannotBeReadOrUnderstoodIsSaid() throws Exception {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    Path file = Files.writeString(directory.resolve("file"), "");

    assertSays(1, "no such directory: " + directory.resolve("none"), directory.resolve("none"));
    assertSays(1, "no audit log in " + empty, empty);
    assertSays(1, "not a directory", file);
    assertSays(2, "is no time", empty, "--since", "yesterday\u001b[31m");
    assertSays(2, "is no time", empty, "--since", "2026-13-01");
    assertSays(2, "--status", empty, "--status", "broken");
    Path log = log("audit", 1, 100);
    assertSays(2, "--limit is 1 to", log, "--limit", "0");
    assertSays(2, "--limit is 1 to", log, "--limit", "1000001");
  }

  private static void assertSays(int code, String says, Object... words) {
    Ran ran = Ran.here(new SearchCommand(), words);
    assertThat(ran.code()).as(ran.err()).isEqualTo(code);
    assertThat(ran.err()).contains(says).doesNotContain("\u001b");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void logsBelowARootAreMergedByTime() throws IOException {
    Path root = directory.resolve("state");
    log("state/crm/1", 1, 500);
    log("state/crm/2", 2, 500);
    log("state/mail/1", 3, 500);

    for (String option : List.of("--event=outcome", "--no-index")) {
      Ran found = Ran.here(new SearchCommand(), root, "--limit", "2000", "--json", option);
      assertThat(found.lines()).hasSizeGreaterThanOrEqualTo(600);
      assertThat(found.lines().stream().map(line -> line.substring(0, 40)).toList())
          .isSortedAccordingTo((one, other) -> other.compareTo(one));
    }
    Ran newest = Ran.here(new SearchCommand(), root, "--limit", "3");
    Ran more = Ran.here(new SearchCommand(), root, "--limit", "50");
    assertThat(newest.out()).contains("LOG", "/1");
    assertThat(more.lines().stream().map(line -> line.substring(0, 24)).toList())
        .startsWith(newest.lines().stream().map(l -> l.substring(0, 24)).toArray(String[]::new));
  }

  @Test
  void theTableIsAlignedAndPlainInAPipe() throws IOException {
    Path log = log("audit", 1, 3_000);
    List<String> lines = Ran.here(new SearchCommand(), log, "--limit", "600").lines();

    assertThat(lines).hasSize(601);
    int tool = lines.getFirst().indexOf("TOOL");
    assertThat(lines.subList(1, 501))
        .allSatisfy(
            line -> {
              assertThat(line.charAt(tool - 1)).isEqualTo(' ');
              assertThat(line.charAt(tool)).isNotEqualTo(' ');
              assertThat(line).doesNotContain("\u001b");
            });
  }

  @Test
  void aReaderWhoLeavesEndsItQuietly() throws Exception {
    Path log = log("audit", 1, 20_000);
    Process process = Ran.start(Map.of(), "search", log, "--json", "--limit", "20000");
    process.getOutputStream().close();
    assertThat(process.getInputStream().read()).isEqualTo('{');
    process.getInputStream().close();

    assertThat(process.waitFor()).isEqualTo(BrokenPipe.EXIT_CODE);
    assertThat(process.getErrorStream().readAllBytes()).isEmpty();
  }
}
