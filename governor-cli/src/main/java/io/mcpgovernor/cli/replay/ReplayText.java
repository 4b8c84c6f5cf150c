package io.mcpgovernor.cli.replay;

import io.mcpgovernor.Replay.Replayed;
import io.mcpgovernor.cli.audit.Lines;
import io.mcpgovernor.cli.audit.SafeText;
import io.mcpgovernor.cli.audit.Style;
import io.mcpgovernor.cli.audit.TextTable;
import io.mcpgovernor.config.file.ConfigFile;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints what a replay came to, for people. */
final class ReplayText {
  private static final int TOP = 10;
  private static final int REASON_MAX = 100;

  private final Lines out;
  private final Style style;

  ReplayText(Lines out, Style style) {
    this.out = out;
    this.style = style;
  }

  void print(ReplayTally tally, ConfigFile candidate) throws IOException {
    Instant first = tally.first();
    Instant last = tally.last();
    if (first == null || last == null) {
      out.line("no calls");
      return;
    }
    out.line(
        tally.calls()
            + " calls from "
            + first
            + " to "
            + last
            + (tally.results() == 0 ? "" : " and " + tally.results() + " results")
            + ", under "
            + SafeText.of(candidate.path())
            + " (policy version "
            + candidate.policyVersion()
            + ")");
    int width = Long.toString(tally.calls() + tally.results()).length();
    number(width, tally.calls() + tally.results() - tally.unreplayable(), "were replayed", null);
    number(width, tally.toDenied(), "flip from allowed to denied", "red");
    number(width, tally.toAllowed(), "flip from denied to allowed", "yellow");
    number(width, tally.unreplayable(), "cannot be replayed", null);
    flips("CODE", tally.byCode(), Integer.MAX_VALUE);
    flips("TOOL", tally.byTool(), TOP);
    flips("USER", tally.byUser(), TOP);
    TextTable.ofNumbers(
        out,
        style,
        List.of("CANNOT BE REPLAYED", "COUNT"),
        tally.reasons().stream()
            .limit(TOP)
            .map(
                entry ->
                    List.of(
                        TextTable.cell(entry.getKey(), REASON_MAX),
                        Long.toString(entry.getValue())))
            .toList());
    examples(tally.denied());
    examples(tally.allowed());
  }

  private void number(int width, long count, String what, @Nullable String colour)
      throws IOException {
    String line = String.format(Locale.ROOT, "  %" + width + "d %s", count, what);
    out.line(
        count == 0 || colour == null
            ? line
            : colour.equals("red") ? style.red(line) : style.yellow(line));
  }

  private void flips(String name, List<Map.Entry<String, ReplayTally.Flips>> flips, int limit)
      throws IOException {
    TextTable.ofNumbers(
        out,
        style,
        List.of(name, "TO DENIED", "TO ALLOWED"),
        flips.stream()
            .limit(limit)
            .map(
                entry ->
                    List.of(
                        TextTable.cell(entry.getKey()),
                        Long.toString(entry.getValue().toDenied()),
                        Long.toString(entry.getValue().toAllowed())))
            .toList());
  }

  private void examples(List<Replayed> flips) throws IOException {
    TextTable.ofTexts(
        out,
        style,
        List.of("TIME", "SEQ", "USER", "TOOL", "BEFORE", "NOW", "REASON"),
        flips.stream()
            .map(
                flip ->
                    List.of(
                        flip.at().toString(),
                        flip.seq() < 0 ? "-" : Long.toString(flip.seq()),
                        TextTable.cell(flip.user()),
                        TextTable.cell(flip.server() + "/" + flip.tool()),
                        answer(flip.codeBefore()),
                        answer(flip.codeNow()),
                        TextTable.cell(flip.why(), REASON_MAX)))
            .toList());
  }

  private static String answer(String code) {
    return code.isEmpty() ? "allowed" : TextTable.cell(code);
  }
}
