package io.mcpgovernor.cli.leaktest;

import io.mcpgovernor.call.JsonWriter;
import io.mcpgovernor.pii.Kind;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What became of all canaries: the worst verdict of each place and kind, and counts. */
final class LeakReport {
  private static final int COLUMNS = 8;
  private static final int NAME_WIDTH = 36;
  private static final int CELL_WIDTH = 15;

  /** A row of the table. */
  record Place(Carrier carrier, Encoding encoding) {
    static Place of(LeakCase leakCase) {
      return new Place(leakCase.carrier(), leakCase.encoding());
    }

    @Override
    public String toString() {
      return encoding == Encoding.PLAIN
          ? carrier.shown()
          : carrier.shown() + " " + encoding.shown();
    }
  }

  private final List<Kind> kinds;
  private final Map<Place, Map<String, Verdict>> worst = new LinkedHashMap<>();
  private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);

  LeakReport(List<Kind> kinds) {
    this.kinds = List.copyOf(kinds);
  }

  void add(LeakCase leakCase, Verdict verdict) {
    worst
        .computeIfAbsent(Place.of(leakCase), place -> new LinkedHashMap<>())
        .merge(leakCase.canary().kind().name(), verdict, Verdict::orWorse);
    counts.merge(verdict, 1, Integer::sum);
  }

  int count(Verdict verdict) {
    return counts.getOrDefault(verdict, 0);
  }

  /** Whether canaries were masked, and none was anything worse. */
  boolean isGood() {
    return count(Verdict.MASKED) > 0 && counts.keySet().stream().allMatch(Verdict::isGood);
  }

  Verdict of(Place place, Kind kind) {
    return worst.getOrDefault(place, Map.of()).getOrDefault(kind.name(), Verdict.NONE);
  }

  void printTable(PrintWriter out) {
    for (int from = 0; from < kinds.size(); from += COLUMNS) {
      List<Kind> columns = kinds.subList(from, Math.min(kinds.size(), from + COLUMNS));
      out.println(line("", columns.stream().map(Kind::name).toList()));
      for (Place place : worst.keySet()) {
        out.println(
            line(place.toString(), columns.stream().map(kind -> of(place, kind).shown()).toList()));
      }
      out.println();
    }
    List<String> sums = new ArrayList<>();
    counts.forEach((verdict, count) -> sums.add(count + " " + verdict.shown()));
    out.println(String.join(", ", sums));
    out.flush();
  }

  void printJson(PrintWriter out) {
    JsonWriter json = new JsonWriter(1 << 14);
    json.beginObject().field("ok", isGood()).name("counts").beginObject();
    for (Verdict verdict : Verdict.values()) {
      json.field(verdict.name().toLowerCase(Locale.ROOT), count(verdict));
    }
    json.endObject().name("places").beginArray();
    for (Map.Entry<Place, Map<String, Verdict>> row : worst.entrySet()) {
      json.beginObject()
          .field("carrier", row.getKey().carrier().shown())
          .field("encoding", row.getKey().encoding().shown())
          .name("kinds")
          .beginObject();
      row.getValue()
          .forEach((kind, verdict) -> json.field(kind, verdict.name().toLowerCase(Locale.ROOT)));
      json.endObject().endObject();
    }
    json.endArray().endObject();
    out.println(new String(json.toByteArray(), StandardCharsets.UTF_8));
    out.flush();
  }

  private static String line(String name, List<String> cells) {
    StringBuilder line = new StringBuilder(("%-" + NAME_WIDTH + "s").formatted(name));
    cells.forEach(cell -> line.append(" ").append(("%-" + CELL_WIDTH + "s").formatted(cell)));
    return line.toString().stripTrailing();
  }
}
