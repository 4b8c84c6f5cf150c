package io.mcpgovernor.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

/**
 * Whatever happens to a log and to its index, a search with the index finds what one finds that
 * reads everything.
 */
final class SearchIndexTest {
  private static final int SEGMENT_RECORDS = 300;

  @TempDir private Path temporary;
  private Path log;
  private Path index;
  private SampleLog sample;

  @BeforeEach
  void aLogOfSomeSegments() throws IOException {
    log = temporary.resolve("audit");
    index = log.resolve(IndexFile.NAME);
    sample = new SampleLog(log, 5, SEGMENT_RECORDS, false);
    sample.write(1_000);
    sample.flush();
  }

  private Ran search(Object... options) {
    List<Object> words = new ArrayList<>(List.of(log, "--json"));
    words.addAll(List.of(options));
    return Ran.here(new SearchCommand(), words.toArray());
  }

  /** Compares both ways of searching for one filter; gives how many records were found. */
  private int compared(Object... options) {
    List<Object> all = new ArrayList<>(List.of(options));
    Ran indexed = search(all.toArray());
    all.add("--no-index");
    Ran read = search(all.toArray());
    assertThat(indexed.out()).as("%s", all).isEqualTo(read.out());
    assertThat(indexed.code()).isZero();
    assertThat(indexed.err()).as("%s", all).isEqualTo(read.err());
    return indexed.lines().size();
  }

  private void bothWaysFindTheSame() {
    assertThat(compared("--limit", "5000")).isPositive();
    assertThat(compared("--user", "user-17", "--limit", "7")).isPositive();
    assertThat(compared("--tool", "get_*", "--status", "error")).isPositive();
  }

  private void gzip(int segment) throws IOException {
    Path plain = log.resolve(SegmentFiles.name(segment, false));
    byte[] bytes = Files.readAllBytes(plain);
    try (OutputStream file = Files.newOutputStream(log.resolve(SegmentFiles.name(segment, true)))) {
      for (int at = 0; at < bytes.length; at += 50_000) {
        GZIPOutputStream member = new GZIPOutputStream(file);
        member.write(bytes, at, Math.min(50_000, bytes.length - at));
        member.finish();
      }
    }
    Files.delete(plain);
  }

  @Test
  void anyFilterFindsWithTheIndexWhatItFindsWithout() throws IOException {
    gzip(1);
    Random random = new Random(1);
    int found = 0;
    for (int i = 0; i < 150; i++) {
      List<Object> options = new ArrayList<>(List.of("--limit", 1 + random.nextInt(200)));
      choose(options, random, 3, "--user", "user-" + random.nextInt(SampleLog.USERS));
      choose(options, random, 5, "--tenant", "tenant-" + random.nextInt(20));
      choose(
          options,
          random,
          4,
          "--tool",
          List.of("get_*", "*order", "list_ticke?", "export_report").get(random.nextInt(4)));
      choose(
          options,
          random,
          4,
          "--status",
          List.of("pending", "success", "error").get(random.nextInt(3)));
      choose(
          options,
          random,
          5,
          "--event",
          List.of("attempt", "outcome", "denied", "checkpoint").get(random.nextInt(4)));
      choose(
          options,
          random,
          6,
          "--policy",
          List.of("rls", "rate_limit", "tool_error").get(random.nextInt(3)));
      choose(options, random, 4, "--since", "2026-11-01T00:00:0" + random.nextInt(2) + "Z");
      choose(options, random, 4, "--until", "2026-11-01T00:00:01." + random.nextInt(10) + "Z");
      found += compared(options.toArray());
    }
    assertThat(found).isGreaterThan(1_000);
  }

  private static void choose(
      List<Object> options, Random random, int oneIn, String option, String value) {
    if (random.nextInt(oneIn) == 0) {
      options.add(option);
      options.add(value);
    }
  }

  @Test
  void theNewestComeFirstAndTheLinesAreThoseOfTheLog() throws IOException {
    List<String> written = new ArrayList<>();
    for (Segment segment : SegmentFiles.of(log)) {
      written.addAll(Files.readAllLines(segment.path()));
    }

    assertThat(search("--limit", "5000").lines()).isEqualTo(written.reversed());
  }

  @Test
  void whatIsWrittenLaterIsFound() throws IOException {
    int before = compared("--user", "user-17", "--limit", "5000");
    for (int round = 0; round < 5; round++) {
      sample.write(100);
      sample.raw("{\"timestamp\":\"2026-11-01T"); // a line that is being written
      sample.flush();
      bothWaysFindTheSame();
      sample.raw("00:00:09Z\",\"user_id\":\"user-17\",\"tool_name\":\"get_x\"}\n");
    }
    sample.flush();

    assertThat(compared("--user", "user-17", "--limit", "5000")).isGreaterThanOrEqualTo(before + 5);
  }

  @Test
  void segmentsAreCompressedAndDeletedUnderIt() throws IOException {
    bothWaysFindTheSame();
    gzip(1);
    bothWaysFindTheSame();
    gzip(2);
    gzip(3);
    sample.write(400);
    sample.flush();
    bothWaysFindTheSame();
    int before = compared("--limit", "5000");
    Files.delete(log.resolve(SegmentFiles.name(1, true)));
    bothWaysFindTheSame();

    assertThat(compared("--limit", "5000")).isEqualTo(before - SEGMENT_RECORDS);
  }

  @Test
  void onlyTheNewBytesAreRead() throws Exception {
    int all = compared("--limit", "5000");
    change("DELETE FROM record WHERE id < 2 << 33");
    change("DELETE FROM record WHERE id >= 4 << 33");
    sample.write(10);
    gzip(2);
    sample.flush();

    // Had a segment been read again, its records would be back.
    assertThat(search("--limit", "5000").lines())
        .hasSizeBetween(2 * SEGMENT_RECORDS + 10, 2 * SEGMENT_RECORDS + 12)
        .hasSizeLessThan(all);
  }

  private void change(String sql) throws SQLException {
    try (Connection connection =
            JDBC.createConnection(JDBC.PREFIX + index.toUri(), new Properties());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void anIndexThatIsDamagedOrForeignOrOldIsMadeAnew() throws Exception {
    Files.writeString(
        index, "this is no database, and longer than a header of one has to be: ".repeat(20));
    bothWaysFindTheSame();
    try (RandomAccessFile file = new RandomAccessFile(index.toFile(), "rw")) {
      byte[] noise = new byte[8_192];
      new Random(1).nextBytes(noise);
      for (long page = 1; page < file.length() / 8_192; page++) {
        file.seek(page * 8_192);
        file.write(noise);
      }
    }
    bothWaysFindTheSame();
    try (RandomAccessFile file = new RandomAccessFile(index.toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }
    bothWaysFindTheSame();
    change("PRAGMA user_version = 99");
    bothWaysFindTheSame();
    Files.delete(index);
    change("CREATE TABLE recipes(name TEXT)");
    change("PRAGMA application_id = 1");
    bothWaysFindTheSame();
    change("DROP TABLE record");
    bothWaysFindTheSame();
  }

  @Test
  void aLineThatWasChangedUnderTheIndexIsNotTakenForWhatItWas() throws IOException {
    bothWaysFindTheSame();
    Path segment = log.resolve(SegmentFiles.name(2, false));
    var modified = Files.getLastModifiedTime(segment);
    String text = Files.readString(segment);
    Files.writeString(segment, text.replace("\"user-17\"", "\"user-71\""));
    Files.setLastModifiedTime(segment, modified); // same length, same time: nothing is noticed

    Ran found = search("--user", "user-17", "--limit", "5000");

    assertThat(found.code()).isZero();
    assertThat(found.out()).isNotEmpty().doesNotContain("user-71");
    bothWaysFindTheSame();
  }

  @Test
  void aSegmentThatWasReplacedIsReadAgain() throws IOException {
    bothWaysFindTheSame();
    Path last = SegmentFiles.of(log).getLast().path();
    List<String> lines = Files.readAllLines(last);
    Files.write(last, lines.subList(0, lines.size() / 2));
    bothWaysFindTheSame();
    Files.write(last, List.of(lines.getFirst(), lines.get(3), lines.getFirst()));
    bothWaysFindTheSame();
    Files.write(last, new byte[0]);
    bothWaysFindTheSame();
  }

  @Test
  void whatAWriterGaveUpIsFoundOnce() throws IOException {
    Path third = log.resolve(SegmentFiles.name(3, false));
    List<String> next = Files.readAllLines(log.resolve(SegmentFiles.name(4, false)));
    bothWaysFindTheSame();
    int before = compared("--limit", "5000");
    Files.writeString(third, next.get(1) + "\n" + next.get(2) + "\n", StandardOpenOption.APPEND);

    assertThat(compared("--limit", "5000")).isEqualTo(before);
    Files.delete(index);
    assertThat(compared("--limit", "5000")).isEqualTo(before);
  }

  @Test
  void badLinesAreSkippedAndToldEachTime() throws IOException {
    Path second = log.resolve(SegmentFiles.name(2, false));
    long good = Files.size(second);
    Files.writeString(
        second,
        "no JSON\n{\"timestamp\":1}\n\n[]\n{\"timestamp\":\"2026-11-01T00:00:00Z\"} 1\n",
        StandardOpenOption.APPEND);

    for (int i = 0; i < 2; i++) {
      Ran found = search("--limit", "5000");
      assertThat(found.code()).isZero();
      assertThat(found.err())
          .isEqualTo(
              "skipped in "
                  + second
                  + ": 5 lines that cannot be read as a record, the first at byte "
                  + good
                  + " (governor audit verify says more)\n");
    }
    bothWaysFindTheSame();
  }

  @Test
  void aCompressedSegmentThatIsDamagedIsToldAndTheRestIsFound() throws IOException {
    gzip(2);
    Path second = log.resolve(SegmentFiles.name(2, true));
    byte[] bytes = Files.readAllBytes(second);
    Files.write(second, java.util.Arrays.copyOf(bytes, bytes.length / 2));

    for (String option : List.of("--limit=1000", "--no-index", "--limit=999")) {
      Ran found = search(option);
      assertThat(found.code()).isEqualTo(1);
      assertThat(found.err()).contains("cannot read " + second).contains("ends early");
      assertThat(found.lines()).isNotEmpty();
    }
  }

  @Test
  void theIndexIsItsOwnersOnlyAndLeadsNowhere() throws IOException {
    Path elsewhere = Files.writeString(temporary.resolve("elsewhere"), "untouched");
    Files.createSymbolicLink(index, elsewhere);
    bothWaysFindTheSame();

    assertThat(elsewhere).hasContent("untouched");
    assertThat(Files.isSymbolicLink(index)).isFalse();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(index)))
        .isEqualTo("rw-------");
  }

  @Test
  void severalProcessesAtOnceFindTheSame() throws Exception {
    List<Future<Ran>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        running.add(
            threads.submit(
                () -> Ran.process(Map.of(), "", "search", log, "--json", "--limit", "5000")));
      }
    }
    String all = search("--no-index", "--limit", "5000").out();
    for (Future<Ran> one : running) {
      assertThat(one.get().err()).isEmpty();
      assertThat(one.get().out()).isEqualTo(all);
    }
  }

  @Test
  void whereItCannotBeBesideTheLogItIsInTheStateDirectoryOrNowhere() throws Exception {
    Files.createDirectory(index); // nobody can write a file of that name
    Path state = temporary.resolve("state");
    Map<String, String> environment = Map.of("XDG_STATE_HOME", state.toString());
    String all = search("--no-index", "--limit", "5000").out();

    Ran found = Ran.process(environment, "", "search", log, "--json", "--limit", "5000");
    assertThat(found.err()).isEmpty();
    assertThat(found.out()).isEqualTo(all);
    Path directory = state.resolve("mcp-governor/search");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
    try (var files = Files.list(directory)) {
      assertThat(files.map(Path::toString)).singleElement().asString().endsWith(".sqlite");
    }

    Path file = Files.writeString(temporary.resolve("file"), "");
    Ran without =
        Ran.process(
            Map.of("XDG_STATE_HOME", file.toString()), "", "search", log, "--json", "--limit=5000");
    assertThat(without.err()).contains("without its index");
    assertThat(without.out()).isEqualTo(all);
    assertThat(without.code()).isZero();
  }

  @Test
  void namesAreNoPatternsAndNoSql() throws IOException {
    for (String name :
        List.of(
            "' OR 1=1 --", "*", "user-?", "%", "[a-z]*", "a\\u0000b", "\\u001b[31mred", "=1+1")) {
      String quoted = name.replace("\"", "\\\"");
      sample.record(
          "\"timestamp\":\"2026-11-01T00:00:30Z\",\"user_id\":\""
              + quoted
              + "\",\"tool_name\":\"t"
              + quoted
              + "\",\"status\":\"error\",\"event\":\"denied\"");
    }
    sample.flush();

    assertThat(compared("--user", "' OR 1=1 --")).isEqualTo(1);
    assertThat(compared("--user", "*")).isEqualTo(1);
    assertThat(compared("--user", "user-?")).isEqualTo(1);
    assertThat(compared("--user", "%")).isEqualTo(1);
    assertThat(compared("--tool", "t[a-z]*")).isEqualTo(1);
    assertThat(compared("--tool", "t*")).isEqualTo(8);
    assertThat(compared("--user", "\u001b[31mred")).isEqualTo(1);

    Ran table = Ran.here(new SearchCommand(), log, "--user", "\u001b[31mred");
    assertThat(table.out()).contains("\\u001b[31mred").doesNotContain("\u001b");
  }

  @Test
  void aPathMayHoldAnything() throws IOException {
    Path odd = Files.createDirectory(temporary.resolve("a?mode=memory&x #%20'log"));
    for (Segment segment : SegmentFiles.of(log)) {
      Files.copy(segment.path(), odd.resolve(segment.path().getFileName()));
    }
    log = odd;

    bothWaysFindTheSame();
    assertThat(odd.resolve(IndexFile.NAME)).isNotEmptyFile();
    assertThat(
            new String(
                Files.readAllBytes(odd.resolve(IndexFile.NAME)), StandardCharsets.ISO_8859_1))
        .startsWith("SQLite format 3");
  }
}
