package io.mcpgovernor.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code governor audit export} and its forms. */
final class ExportCommandTest {
  @TempDir private Path directory;
  private Path log;

  @BeforeEach
  void aLog() throws IOException {
    log = directory.resolve("audit");
    try (SampleLog sample = new SampleLog(log, 1, 300, true)) {
      sample.write(1_000);
    }
  }

  private static Ran export(Object... words) {
    return Ran.here(new ExportCommand(), words);
  }

  @Test
  void jsonLinesAreTheLinesOfTheLog() throws IOException {
    List<String> all = export(log, "--as", "jsonl").lines();
    assertThat(all)
        .isEqualTo(
            Ran.here(new SearchCommand(), log, "--json", "--limit", "5000").lines().reversed());

    assertThat(export(log, "--as", "jsonl", "--user", "user-17", "--event", "outcome").lines())
        .isEqualTo(
            all.stream()
                .filter(line -> line.contains("\"user_id\":\"user-17\""))
                .filter(line -> line.contains("\"event\":\"outcome\""))
                .toList());
  }

  @Test
  void logsAreMergedByTimeAndAnyNumberOfThem() throws IOException {
    Path root = directory.resolve("root");
    for (int i = 0; i < 600; i++) {
      Path one = Files.createDirectories(root.resolve("crm/" + i));
      String time = "{\"timestamp\":\"2026-11-%02dT00:00:%02dZ\",\"user_id\":\"u\"}\n";
      Files.writeString(
          one.resolve(SegmentFiles.name(1, false)),
          String.format(time, 1 + i % 30, i % 60) + String.format(time, 1 + i % 30, i % 60));
    }

    Ran ran = export(root, "--as", "jsonl");

    assertThat(ran.lines()).hasSize(1_200).isSorted();
    assertThat(ran.code()).isZero();
    Ran since = export(root, "--as", "jsonl", "--since", "2026-11-29", "--until", "2026-11-30");
    assertThat(since.lines()).hasSize(40).allMatch(line -> line.contains("2026-11-29T"));
  }

  /** CSV as RFC 4180 has it; fails on anything else. */
  private static List<List<String>> parse(String csv) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    int at = 0;
    while (at < csv.length()) {
      StringBuilder cell = new StringBuilder();
      if (csv.charAt(at) == '"') {
        for (at++; csv.charAt(at) != '"' || csv.startsWith("\"\"", at); at++) {
          at += csv.charAt(at) == '"' ? 1 : 0;
          cell.append(csv.charAt(at));
        }
        at++;
      } else {
        for (; ",\r".indexOf(csv.charAt(at)) < 0; at++) {
          assertThat(csv.charAt(at)).isNotIn('"', '\n');
          cell.append(csv.charAt(at));
        }
      }
      row.add(cell.toString());
      if (csv.charAt(at) == ',') {
        at++;
      } else {
        assertThat(csv.substring(at, at + 2)).isEqualTo("\r\n");
        at += 2;
        rows.add(row);
        row = new ArrayList<>();
      }
    }
    return rows;
  }

  @Test
  void csvIsATableWithAHeading() {
    List<List<String>> rows = parse(export(log, "--as", "csv").out());

    List<String> head = rows.getFirst();
    assertThat(head).startsWith("timestamp", "seq", "event").endsWith("hash", "log");
    assertThat(rows).hasSizeGreaterThan(1_000).allMatch(row -> row.size() == head.size());
    assertThat(rows.stream().skip(1).map(row -> row.get(head.indexOf("seq"))).distinct())
        .hasSize(rows.size() - 1);
  }

  @Test
  void noCellIsAFormula() throws IOException {
    List<String> hostile =
        List.of(
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            " =1",
            "\\t=1",
            "\\r=1",
            "\\n1",
            "＝1",
            "\\ufeff=1",
            "a\\\"\\r\\n=1,b",
            "-",
            "\\u00a0@x");
    Path odd = Files.createDirectories(directory.resolve("odd"));
    StringBuilder lines = new StringBuilder();
    for (String text : hostile) {
      lines.append(
          "{\"timestamp\":\"2026-11-01T00:00:00Z\",\"seq\":-1,\"user_id\":\""
              + text
              + "\",\"tool_name\":\"t\",\"arguments\":\""
              + text
              + "\"}\n");
    }
    Files.writeString(odd.resolve(SegmentFiles.name(1, false)), lines);

    List<List<String>> rows = parse(export(odd, "--as", "csv").out());

    assertThat(rows).hasSize(hostile.size() + 1);
    int user = rows.getFirst().indexOf("user_id");
    for (List<String> row : rows.subList(1, rows.size())) {
      String cell = row.get(user);
      assertThat(cell).startsWith(cell.startsWith("a") ? "a\"" : "'");
      assertThat(row.get(rows.getFirst().indexOf("arguments"))).isEqualTo(cell);
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void ocsfEventsHaveWhatTheirClassRequires() {
    List<String> lines = export(log, "--as", "ocsf").lines();
    assertThat(lines).hasSizeGreaterThan(400);
    List<String> correlated = new ArrayList<>();
    for (String line : lines) {
      Map<String, @Nullable Object> event = Json.text(line).object();
      assertThat(event)
          .containsEntry("class_uid", 6003)
          .containsEntry("category_uid", 6)
          .containsEntry("activity_id", 99)
          .containsEntry("type_uid", 600399)
          .containsKeys("activity_name", "severity_id", "time", "status_id", "unmapped");
      assertThat(((Number) event.get("time")).longValue())
          .isBetween(1_793_491_200_000L, 1_793_491_300_000L);
      Map<String, Object> metadata = (Map<String, Object>) event.get("metadata");
      assertThat(metadata).containsEntry("version", "1.3.0").containsKey("product");
      assertThat((Map<String, Object>) metadata.get("product")).containsKeys("name", "vendor_name");
      assertThat((Map<String, Object>) ((Map<String, Object>) event.get("actor")).get("user"))
          .containsKeys("uid", "name");
      assertThat((Map<String, Object>) event.get("api")).containsKeys("operation", "service");
      assertThat((Map<String, Object>) event.get("src_endpoint")).containsEntry("name", "unknown");
      boolean isFailure = Integer.valueOf(2).equals(event.get("status_id"));
      assertThat(event.containsKey("status_code")).isEqualTo(isFailure);
      correlated.add(String.valueOf(metadata.get("correlation_uid")));
    }
    assertThat(correlated).as("one event for a call").doesNotHaveDuplicates();
    assertThat(export(log, "--as", "ocsf", "--event", "attempt").lines())
        .isNotEmpty()
        .allMatch(line -> line.contains("\"status_id\":0"));
    assertThat(export(log, "--as", "ocsf", "--event", "checkpoint").out()).isEmpty();
  }

  @Test
  void aFileIsNewAndItsOwnersOnly() throws IOException {
    Path file = directory.resolve("export.csv");

    Ran written = export(log, "--as", "csv", "-o", file);
    assertThat(written.code()).isZero();
    assertThat(written.out()).isEmpty();
    assertThat(Files.readString(file, StandardCharsets.UTF_8))
        .isEqualTo(export(log, "--as", "csv").out());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Ran again = export(log, "--as", "csv", "-o", file);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("is there already");
    assertThat(export(log).code()).isEqualTo(2);
  }
}
