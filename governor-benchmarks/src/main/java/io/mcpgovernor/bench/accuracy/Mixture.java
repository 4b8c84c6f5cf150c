package io.mcpgovernor.bench.accuracy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * PII and traps side by side, introduced in the same ways: what tells them apart is what they are,
 * never where they stand. Not thread-safe.
 */
final class Mixture {
  /** A value with the words that belong to it. */
  record Entry(Wording wording, Marked value) {}

  private final Dice dice;
  private final Deck<PiiType> types;
  private final Deck<Trap> traps;

  Mixture(Dice dice) {
    this.dice = dice;
    this.types = new Deck<>(List.of(PiiType.values()), dice);
    this.traps = new Deck<>(List.of(Trap.values()), dice);
  }

  /** So much of each, in any order. */
  List<Entry> entries(int pii, int harmless) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < pii; i++) {
      entries.add(pii(types.next()));
    }
    for (int i = 0; i < harmless; i++) {
      entries.add(trap(traps.next()));
    }
    dice.shuffle(entries);
    return entries;
  }

  Entry pii(PiiType type) {
    return new Entry(type.wording(), AwkwardWritings.sometimes(dice, type, type.make(dice)));
  }

  Entry trap(Trap trap) {
    return new Entry(trap.wording(), trap.make(dice));
  }

  /** A name of a field, in the style of one language or another. */
  String key(Entry entry) {
    String key = dice.of(entry.wording().keys());
    return switch (dice.below(5)) {
      case 0 -> camelCase(key);
      case 1 -> key.replace('_', '-');
      case 2 -> key.toUpperCase(Locale.ROOT);
      default -> key;
    };
  }

  private static String camelCase(String key) {
    String joined =
        Arrays.stream(key.split("_", -1))
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining());
    return joined.substring(0, 1).toLowerCase(Locale.ROOT) + joined.substring(1);
  }

  /** Whole sentences, with others between them that say nothing. */
  Marked sentences(List<Entry> entries) {
    List<Marked> parts = new ArrayList<>();
    for (Entry entry : entries) {
      String sentence = dice.of(entry.wording().sentences());
      Marked said = entry.value().within(sentence);
      // Without a full stop only the line's end says where the value ends.
      parts.add(sentence.endsWith("{}") ? said.then("\n") : said.then(dice.of(" ", " ", "\n")));
      if (dice.oneIn(3)) {
        parts.add(Marked.plain(Filler.sentence(dice) + " "));
      }
    }
    return Marked.join("", parts);
  }

  /** A line {@code Label: value} for each. */
  Marked labelLines(List<Entry> entries) {
    List<Marked> lines = new ArrayList<>();
    String bullet = dice.of("", "", "- ", "* ");
    for (Entry entry : entries) {
      boolean hasLines = entry.value().text().indexOf('\n') >= 0;
      String label = bullet + dice.of(entry.wording().labels()) + (hasLines ? ":\n" : ": ");
      lines.add(Marked.plain(label).then(entry.value()));
    }
    return Marked.join("\n", lines);
  }

  /** A table with a column for each type and trap, as CSV or in Markdown. */
  Marked table(int pii, int harmless) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < pii; i++) {
      columns.add(new Column(oneLineType(), null));
    }
    for (int i = 0; i < harmless; i++) {
      columns.add(new Column(null, traps.next()));
    }
    dice.shuffle(columns);
    boolean isCsv = dice.oneIn(2);
    List<Marked> lines = new ArrayList<>();
    List<Marked> heads = new ArrayList<>();
    for (Column column : columns) {
      heads.add(Marked.plain(dice.of(column.entry(this).wording().labels())));
    }
    lines.add(row(heads, isCsv));
    if (!isCsv) {
      lines.add(Marked.plain("|" + "---|".repeat(columns.size())));
    }
    for (int i = dice.between(2, 4); i > 0; i--) {
      lines.add(row(columns.stream().map(column -> column.entry(this).value()).toList(), isCsv));
    }
    return Marked.join("\n", lines);
  }

  private record Column(
      @org.jspecify.annotations.Nullable PiiType type,
      @org.jspecify.annotations.Nullable Trap trap) {
    Entry entry(Mixture mixture) {
      if (type != null) {
        return mixture.pii(type);
      }
      return mixture.trap(java.util.Objects.requireNonNull(trap));
    }
  }

  PiiType oneLineType() {
    PiiType type = types.next();
    return type.fitsALine() ? type : oneLineType();
  }

  private static Marked row(List<Marked> cells, boolean isCsv) {
    if (!isCsv) {
      return Marked.plain("| ").then(Marked.join(" | ", cells)).then(" |");
    }
    return Marked.join(
        ",",
        cells.stream()
            .map(
                cell ->
                    cell.text().indexOf(',') >= 0 ? Marked.plain("\"").then(cell).then("\"") : cell)
            .toList());
  }
}
