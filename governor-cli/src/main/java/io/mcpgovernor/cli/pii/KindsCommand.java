package io.mcpgovernor.cli.pii;

import io.mcpgovernor.call.JsonWriter;
import io.mcpgovernor.pii.Kind;
import io.mcpgovernor.pii.Kinds;
import io.mcpgovernor.pii.MaskRules;
import io.mcpgovernor.pii.Masker;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.pii.TextScan;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code governor pii kinds}: the table of kinds, with masks made by masking. */
@Command(
    name = "kinds",
    description = "Lists the kinds of PII, each with an example and its masks.",
    mixinStandardHelpOptions = true)
final class KindsCommand implements Callable<Integer> {
  private static final String ROW = "%-22s %-28s %-3s  %s%n";

  @Option(names = "--json", description = "Prints a JSON array instead of a table.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** An example and what becomes of it; both masks are null if it is not found. */
  private record Shown(String example, @Nullable String standard, @Nullable String strict) {
    static Shown of(Kind kind, String example) {
      Masker masker = new Masker(MaskRules.builder().kinds(List.of(kind)).build());
      TextScan scan = masker.scanText(example.getBytes(StandardCharsets.UTF_8));
      return scan.isClean()
          ? new Shown(example, null, null)
          : new Shown(example, text(scan, Sensitivity.STANDARD), text(scan, Sensitivity.STRICT));
    }

    private static String text(TextScan scan, Sensitivity level) {
      return new String(scan.masked(level), StandardCharsets.UTF_8);
    }
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new String(JsonWriter.bytes(KindsCommand::write), StandardCharsets.UTF_8));
    } else {
      print(out);
    }
    out.flush();
    return 0;
  }

  private static void write(JsonWriter json) {
    json.beginArray();
    for (Kind kind : Kinds.all()) {
      json.beginObject().field("name", kind.name()).field("type", kind.type());
      json.field("default", kind.isDefault()).name("examples").beginArray();
      for (String example : kind.examples()) {
        Shown shown = Shown.of(kind, example);
        json.beginObject().field("text", shown.example());
        json.field("standard", shown.standard()).field("strict", shown.strict()).endObject();
      }
      json.endArray().endObject();
    }
    json.endArray();
  }

  private static void print(PrintWriter out) {
    out.printf(Locale.ROOT, ROW, "NAME", "TYPE", "ON", "EXAMPLE -> STANDARD, STRICT");
    for (Kind kind : Kinds.all()) {
      String shown =
          kind.examples().stream().findFirst().map(text -> row(kind, text)).orElse("(no example)");
      out.printf(
          Locale.ROOT, ROW, kind.name(), kind.type(), kind.isDefault() ? "yes" : "no", shown);
    }
  }

  private static String row(Kind kind, String example) {
    Shown shown = Shown.of(kind, example);
    String masks =
        shown.standard() == null ? "(not found)" : shown.standard() + ", " + shown.strict();
    return (example + " -> " + masks).replace("\n", "\\n");
  }
}
