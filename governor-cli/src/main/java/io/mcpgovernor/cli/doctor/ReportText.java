package io.mcpgovernor.cli.doctor;

import io.mcpgovernor.call.JsonWriter;
import io.mcpgovernor.cli.audit.SafeText;
import io.mcpgovernor.cli.audit.Style;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** A report for people, a line for each finding, or for programs. */
public final class ReportText {
  private ReportText() {}

  /** Prints one. */
  public static void print(Examination.Report report, boolean asJson, PrintWriter out) {
    if (asJson) {
      out.println(json(report));
      return;
    }
    Style style = Style.ofStandardOutput();
    for (Finding finding : report.findings()) {
      String level = finding.level().word();
      String padded = level + " ".repeat(5 - level.length());
      String shown =
          switch (finding.level()) {
            case OK -> padded;
            case WARN -> style.yellow(padded);
            case FAIL -> style.red(padded);
          };
      out.println(shown + SafeText.of(finding.line()));
    }
  }

  private static String json(Examination.Report report) {
    byte[] bytes =
        JsonWriter.bytes(
            writer -> {
              writer.beginObject().field("is_healthy", report.isHealthy());
              writer.name("findings").beginArray();
              for (Finding finding : report.findings()) {
                writer
                    .beginObject()
                    .field("level", finding.level().word())
                    .field("what", finding.what())
                    .field("text", finding.text())
                    .field("mend", finding.mend())
                    .endObject();
              }
              writer.endArray().endObject();
            });
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
