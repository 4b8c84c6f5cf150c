package io.mcpgovernor.cli.policy;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.cli.audit.SafeText;
import io.mcpgovernor.cli.audit.Style;
import io.mcpgovernor.config.file.ConfigFile;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A recorded decision for people. */
final class RecordText {
  private final PrintWriter out;
  private final Style style;

  RecordText(PrintWriter out, Style style) {
    this.out = out;
    this.style = style;
  }

  /**
   * Prints it.
   *
   * @param file a configuration that may have decided it; null if nobody asks
   */
  void print(RecordedDecision decision, @Nullable ConfigFile file) {
    String tenant = decision.text("tenant_id");
    out.println(
        SafeText.of(
            decision.text("user_id")
                + " called "
                + decision.text("server")
                + "."
                + decision.text("tool_name")
                + (tenant.isEmpty() ? "" : " for the tenant " + tenant)
                + " at "
                + decision.text("timestamp")
                + " with "
                + CheckLines.text(Json.of(decision.decided().get("arguments")))));
    out.println(style.faint(SafeText.of(policy(decision, file))));
    out.println();
    CheckLines lines = new CheckLines(style);
    decision
        .checks()
        .forEach(
            check ->
                lines.add(
                    check.name(), check.verdict(), Long.toString(check.micros()), "", List.of()));
    lines.print(out);
    String facts = CheckLines.text(decision.facts());
    if (!facts.equals("{}")) {
      out.println(SafeText.of("weighed: " + facts));
    }
    out.println();
    if (decision.isAllowed() && decision.code() != null) {
      out.println(style.yellow("allowed, and failed later: " + SafeText.of(decision.code())));
      out.println("  " + SafeText.of(decision.reason()));
      return;
    }
    AnswerText.decision(out, style, decision.code(), decision.reason(), decision.suggestions());
  }

  private static String policy(RecordedDecision decision, @Nullable ConfigFile file) {
    String version = decision.text("policy_version");
    String said =
        version.isEmpty() ? "the record names no policy version" : "policy version " + version;
    if (file == null) {
      return said;
    }
    Boolean isSame = decision.isBy(file);
    if (isSame == null) {
      return said + "; " + file.path() + " is " + file.policyVersion();
    }
    return said
        + (isSame
            ? ", the same as that of " + file.path()
            : "; " + file.path() + " is another one: " + file.policyVersion());
  }
}
