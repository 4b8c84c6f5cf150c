package io.mcpgovernor.cli.policy;

import io.mcpgovernor.Explanation;
import io.mcpgovernor.Explanation.Check;
import io.mcpgovernor.cli.audit.SafeText;
import io.mcpgovernor.cli.audit.Style;
import io.mcpgovernor.config.check.CallAnswer;
import io.mcpgovernor.config.file.ConfigFile;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An answer for people: the call, every check, and the decision as the caller would see it. */
final class AnswerText {
  private final PrintWriter out;
  private final Style style;

  AnswerText(PrintWriter out, Style style) {
    this.out = out;
    this.style = style;
  }

  void print(CallAnswer answer, ConfigFile file) {
    Explanation explanation = answer.explanation();
    out.println(
        SafeText.of(
            explanation.user()
                + " calls "
                + explanation.server()
                + "."
                + explanation.tool()
                + (explanation.tenant() == null ? "" : " for the tenant " + explanation.tenant())
                + " with "
                + CheckLines.text(explanation.arguments())));
    out.println(
        style.faint(
            SafeText.of(file.path())
                + ", policy version "
                + file.policyVersion()
                + "; as if nothing had been called before: rate windows are empty"));
    answer.notes().forEach(note -> out.println(style.yellow("note: " + SafeText.of(note))));
    out.println();
    CheckLines lines = new CheckLines(style);
    explanation.checks().forEach(check -> add(check, lines));
    lines.print(out);
    out.println();
    decision(out, style, answer.code(), answer.reason(), answer.suggestions());
  }

  private static void add(Check check, CheckLines lines) {
    List<String> beneath = new ArrayList<>();
    if (!check.reason().isEmpty()) {
      beneath.add(check.reason());
    }
    String facts = CheckLines.text(check.facts());
    if (!facts.equals("{}")) {
      beneath.add(facts);
    }
    lines.add(
        check.name(),
        check.verdict().text(),
        String.format(Locale.ROOT, "%.1f", check.micros()),
        check.origin(),
        beneath);
  }

  /** What the caller sees. */
  static void decision(
      PrintWriter out,
      Style style,
      @Nullable String code,
      String reason,
      List<String> suggestions) {
    if (code == null) {
      out.println(style.bold("allowed"));
      return;
    }
    out.println(style.red("denied: " + SafeText.of(code)));
    out.println("  " + SafeText.of(reason));
    suggestions.forEach(suggestion -> out.println("  - " + SafeText.of(suggestion)));
  }
}
