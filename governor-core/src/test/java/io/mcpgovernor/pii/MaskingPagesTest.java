package io.mcpgovernor.pii;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What docs/masking.md and docs/kinds.md say of texts is what becomes of them. */
class MaskingPagesTest {
  private static final Path PAGE = Path.of("../docs/masking.md");
  private static final Path KINDS = Path.of("../docs/kinds.md");

  /** Writes the table of kinds anew instead of comparing it. */
  private static final boolean WRITES = Boolean.getBoolean("kinds.write");

  private static final Pattern CODE_POINT = Pattern.compile("<U\\+([0-9A-F]{4})>");
  private static final byte[] HASH_KEY = "0123456789abcdef".getBytes(UTF_8);

  /** What proves the kinds that have a grammar of their own. */
  private static final Map<String, String> GRAMMARS =
      Map.ofEntries(
          Map.entry("email", "shape"),
          Map.entry("phone", "shape, word"),
          Map.entry("ssn", "shape, word"),
          Map.entry("card", "shape, check, word"),
          Map.entry("iban", "check"),
          Map.entry("mac_address", "shape"),
          Map.entry("birth_date", "word"),
          Map.entry("crypto", "shape, check"),
          Map.entry("url_credentials", "shape"),
          Map.entry("jwt", "shape"),
          Map.entry("private_key", "shape"),
          Map.entry("api_key", "shape"),
          Map.entry("person", "check, word"),
          Map.entry("street_address", "shape, word"),
          Map.entry("ip_address", "shape"));

  /** Tools that look for leaked secrets in sources would stop at examples of these. */
  private static final Set<Kind> NOT_SHOWN = Set.of(Kinds.JWT, Kinds.PRIVATE_KEY, Kinds.API_KEY);

  private record Row(List<String> columns, List<String> cells) {}

  /** The rows of tables whose first column is called "in". */
  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    List<String> columns = List.of();
    boolean isTable = false;
    for (String line : Files.readAllLines(PAGE)) {
      if (!line.startsWith("| ")) {
        isTable = isTable && line.startsWith("|--");
        continue;
      }
      List<String> cells =
          Pattern.compile("(?<!\\\\)\\|")
              .splitAsStream(line.substring(1))
              .map(String::strip)
              .toList();
      if (!isTable) {
        isTable = true;
        columns = cells;
      } else if (columns.get(0).equals("in")) {
        rows.add(new Row(columns, cells));
      }
    }
    return rows;
  }

  /** The text in a cell: between backquotes, with signs for what a cell cannot hold. */
  private static String text(String cell) {
    String code = cell.replaceAll("^`+ ?| ?`+$", "").replace("\\|", "|").replace('⏎', '\n');
    return CODE_POINT
        .matcher(code)
        .replaceAll(point -> Character.toString(Integer.parseInt(point.group(1), 16)));
  }

  private static String masked(String in, String column) {
    MaskRules.Builder rules = MaskRules.builder().hashKey(HASH_KEY);
    Sensitivity level = column.equals("strict") ? Sensitivity.STRICT : Sensitivity.STANDARD;
    switch (column) {
      case "redact" -> rules.mode(MaskMode.REDACT);
      case "hash" -> rules.mode(MaskMode.HASH);
      default -> {}
    }
    Masker masker = new Masker(rules.build());
    String out = masker.mask(in, level);
    assertThat(masker.mask(out, level)).as("masked again").isEqualTo(out);
    if (in.startsWith("{")) {
      assertThat(new String(masker.mask(in.getBytes(UTF_8), level), UTF_8))
          .as("as JSON")
          .isEqualTo(out);
    }
    return out;
  }

  @Test
  void everyExampleOfThePageBecomesWhatThePageSaysAndStaysSo() throws IOException {
    List<Row> rows = rows();

    assertThat(rows).hasSizeGreaterThan(80);
    List<Executable> examples = new ArrayList<>();
    for (Row row : rows) {
      String in = text(row.cells.get(0));
      for (int i = 1; i < row.columns.size(); i++) {
        String column = row.columns.get(i);
        if (column.equals("why")) {
          continue;
        }
        String wanted = row.cells.get(i).equals("stays") ? in : text(row.cells.get(i));
        examples.add(
            () -> assertThat(masked(in, column)).as("%s: %s", column, in).isEqualTo(wanted));
      }
    }
    Assertions.assertAll(examples);
  }

  @Test
  void theTableOfKindsIsTheTableInTheCode() throws IOException {
    String page = Files.readString(KINDS);
    int from = page.indexOf("| name |");
    int to = page.indexOf("\n\n", from);
    String table = table();
    if (WRITES) {
      Files.writeString(KINDS, page.substring(0, from) + table + page.substring(to));
    } else {
      assertThat(page.substring(from, to))
          .as("write it anew with -Dkinds.write=true")
          .isEqualTo(table);
    }
  }

  private static String table() {
    List<String> lines = new ArrayList<>();
    lines.add("| name | type | on | proof | example | standard | strict |");
    lines.add("|---|---|---|---|---|---|---|");
    for (Kind kind : Kinds.all()) {
      lines.add(
          String.join(
              " | ",
              "| `" + kind.name() + "`",
              "`" + kind.type() + "`",
              kind.isDefault() ? "yes" : "no",
              proof(kind),
              example(kind) + " |"));
    }
    return String.join("\n", lines);
  }

  /** The kind's first example and what becomes of it. */
  private static String example(Kind kind) {
    if (NOT_SHOWN.contains(kind)) {
      String mask = cell(kind.mask("secret", Sensitivity.STANDARD));
      return "not shown here | " + mask + " | " + mask;
    }
    String example = kind.examples().get(0);
    Masker masker = new Masker(MaskRules.builder().kinds(List.of(kind)).build());
    List<String> cells = new ArrayList<>(List.of(cell(example)));
    for (Sensitivity level : Sensitivity.values()) {
      String mask = masker.mask(example, level);
      cells.add(mask.equals(example) ? "**not found**" : cell(mask));
    }
    return String.join(" | ", cells);
  }

  private static String cell(String text) {
    return "`" + text.replace("|", "\\|").replace('\n', '⏎') + "`";
  }

  private static String proof(Kind kind) {
    String grammar = GRAMMARS.get(kind.name());
    if (grammar != null) {
      return grammar;
    }
    KindRow row = Kinds.row(kind);
    boolean isChecked = row.templates.stream().anyMatch(shape -> shape.proof() == Proof.CHECK);
    boolean isShape = row.templates.stream().anyMatch(shape -> shape.proof() == Proof.SHAPE);
    List<String> proofs = new ArrayList<>();
    if (isShape) {
      proofs.add("shape");
    }
    if (isChecked) {
      proofs.add("check");
    }
    if (!row.words.isEmpty()) {
      proofs.add("word");
    }
    return String.join(", ", proofs);
  }

  @Test
  void theRowShownAsAnExampleStandsInTheSource() throws IOException {
    String source =
        Files.readString(Path.of("src/main/java/io/mcpgovernor/pii/Kinds.java"))
            .replaceAll("\\s+", " ");
    List<String> blocks =
        Pattern.compile("```\\R(  /\\*\\*.*?)\\R```", Pattern.DOTALL)
            .matcher(Files.readString(KINDS))
            .results()
            .map(block -> block.group(1).strip().replaceAll("\\s+", " "))
            .toList();

    assertThat(blocks).hasSize(1).allSatisfy(block -> assertThat(source).contains(block));
  }
}
