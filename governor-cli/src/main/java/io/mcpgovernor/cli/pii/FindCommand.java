package io.mcpgovernor.cli.pii;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWriter;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.pii.Finding;
import io.mcpgovernor.pii.MaskRules;
import io.mcpgovernor.pii.Masker;
import io.mcpgovernor.pii.Sensitivity;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code governor pii find}: says where PII stands, without repeating it. */
@Command(
    name = "find",
    description = "Says where PII stands in a text, without repeating it.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "For each finding: line:column, kind, masked value. With --jsonl, for each line",
      "{\"id\":...,\"text\":\"...\"} one line {\"id\":...,\"spans\":[[start,end,\"TYPE\"],...]};",
      "places count code points of the text, ends are exclusive.",
      "Exit codes: 0 all was read, 1 error or a bad line, 2 wrong usage, 141 nobody reads the",
      "output."
    })
final class FindCommand implements Callable<Integer> {
  private static final int LINE_BYTES_MAX = 256 << 20;

  @Option(names = "--jsonl", description = "Reads texts from JSON lines and answers in such.")
  private boolean jsonl;

  @Option(
      names = "--kinds",
      paramLabel = "default|all|LIST",
      defaultValue = "all",
      converter = KindChoice.class,
      description = "What to find: names or types with commas; all unless told.")
  private KindChoice.@Nullable Chosen kinds;

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "Standard input if not given.")
  private @Nullable Path file;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    MaskRules.Builder rules = MaskRules.builder();
    if (kinds != null) {
      rules.kinds(kinds.kinds());
    }
    Masker masker = new Masker(rules.build());
    try (InputStream in = file == null ? System.in : Files.newInputStream(file)) {
      return jsonl
          ? answer(in, Output.standard(), masker, spec.commandLine().getErr())
          : list(in, Output.standard(), masker);
    } catch (BrokenPipe e) {
      return BrokenPipe.EXIT_CODE;
    } catch (NoSuchFileException e) {
      return failed("no such file: " + e.getMessage());
    } catch (IOException e) {
      return failed(e instanceof RefusedInput ? e.getMessage() : "cannot read or write: " + e);
    }
  }

  /** Answers each line; gives 1 if one of them was bad, else 0. */
  static int answer(InputStream in, Output out, Masker masker, PrintWriter err) throws IOException {
    Lines lines = new Lines(in, LINE_BYTES_MAX);
    int status = 0;
    byte @Nullable [] line = lines.next();
    while (line != null) {
      if (!Lines.isBlank(line)) {
        try {
          out.write(answer(line, masker));
        } catch (MalformedJsonException e) {
          err.println("governor pii find: line " + lines.number() + " " + e.getMessage());
          err.flush();
          status = 1;
        }
      }
      line = lines.next();
    }
    return status;
  }

  private static byte[] answer(byte[] line, Masker masker) {
    Map<String, @Nullable Object> members = Json.utf8(line).object();
    if (!(members.get("text") instanceof String text) || !members.containsKey("id")) {
      throw new MalformedJsonException("must have an \"id\" and a \"text\", which is a string");
    }
    byte[] utf8 = CodePoints.utf8(text);
    List<Finding> findings = masker.scanText(utf8).findings();
    CodePoints places = new CodePoints(utf8);
    byte[] answer =
        JsonWriter.bytes(
            json -> {
              json.beginObject().name("id").value(members.get("id"));
              json.name("spans").beginArray();
              for (Finding finding : findings) {
                json.beginArray()
                    .value(places.before(finding.from()))
                    .value(places.before(finding.to()))
                    .value(finding.kind().type())
                    .endArray();
              }
              json.endArray().endObject();
            });
    byte[] terminated = Arrays.copyOf(answer, answer.length + 1);
    terminated[answer.length] = '\n';
    return terminated;
  }

  /** Lists the findings of one text; always gives 0. */
  static int list(InputStream in, Output out, Masker masker) throws IOException {
    byte[] text = in.readNBytes(MaskFilter.JSON_BYTES_MAX);
    if (text.length == MaskFilter.JSON_BYTES_MAX && in.read() >= 0) {
      throw new RefusedInput("the text is larger than " + MaskFilter.JSON_BYTES_MAX + " bytes");
    }
    CodePoints places = new CodePoints(text);
    int at = 0;
    int line = 1;
    int lineStart = 0;
    for (Finding finding : masker.scanText(text).findings()) {
      for (; at < finding.from(); at++) {
        if (text[at] == '\n') {
          line++;
          lineStart = at + 1;
        }
      }
      String value =
          new String(text, finding.from(), finding.to() - finding.from(), StandardCharsets.UTF_8);
      int column = -places.before(lineStart) + places.before(finding.from()) + 1;
      String row =
          line
              + ":"
              + column
              + "  "
              + finding.kind()
              + "  "
              + finding.kind().mask(value, Sensitivity.STANDARD).replace("\n", "\\n")
              + "\n";
      out.write(row.getBytes(StandardCharsets.UTF_8));
    }
    return 0;
  }

  private int failed(@Nullable String message) {
    spec.commandLine().getErr().println("governor pii find: " + message);
    spec.commandLine().getErr().flush();
    return 1;
  }
}
