package io.mcpgovernor.cli.config;

import io.mcpgovernor.call.JsonWriter;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.cli.audit.SafeText;
import io.mcpgovernor.config.check.ToolList;
import io.mcpgovernor.config.file.ConfigException;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.config.file.Problem;
import io.mcpgovernor.config.rule.RuleWarning;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code governor validate}: everything that is wrong with a configuration file. */
@Command(
    name = "validate",
    description = "Says everything that is wrong with a configuration file.",
    footer = {
      "",
      "Secrets that the file refers to have to be there. Nothing is started or written.",
      "Warnings name rules that are most likely mistakes; they do not change the exit code.",
      "Exit codes: 0 nothing is wrong, 2 wrong usage, 4 bad configuration."
    },
    mixinStandardHelpOptions = true)
public final class ValidateCommand implements Callable<Integer> {
  private static final int BAD_CONFIGURATION = 4;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      defaultValue = "governor.yaml",
      description = "The file; ${DEFAULT-VALUE} unless told.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path file;

  @Option(
      names = "--tools",
      paramLabel = "FILE",
      description =
          "The tools of the servers, as JSON: {\"SERVER\": {\"tools\": [...]}}; then also says which"
              + " of them no rule names.")
  private @Nullable Path tools;

  @Option(
      names = "--server",
      paramLabel = "NAME",
      description = "With --tools: the file is the result of this one server's tools/list.")
  private @Nullable String server;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Made by the command line. */
  public ValidateCommand() {}

  @Override
  public Integer call() {
    List<Problem> problems = List.of();
    List<RuleWarning> warnings = List.of();
    List<Tool> known = known();
    String version = null;
    try {
      ConfigFile read = ConfigFile.read(file);
      read.builder(); // what only the engine can tell
      version = read.policyVersion();
      warnings = read.warnings(known);
    } catch (ConfigException e) {
      problems = e.problems();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(problems, warnings, version));
    } else if (problems.isEmpty()) {
      out.println(file + ": nothing is wrong (policy version " + version + ")");
    } else {
      problems.forEach(out::println);
    }
    if (!json) {
      warnings.forEach(warning -> out.println(text(warning)));
    }
    out.flush();
    return problems.isEmpty() ? 0 : BAD_CONFIGURATION;
  }

  private List<Tool> known() {
    try {
      return tools == null ? List.of() : ToolList.read(tools, server);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), SafeText.of(String.valueOf(e.getMessage())));
    }
  }

  private String text(RuleWarning warning) {
    return SafeText.of(
        warning.rule().isEmpty()
            ? "warning: " + warning.text()
            : "warning: " + warning.origin() + " " + warning.rule() + ": " + warning.text());
  }

  private String json(
      List<Problem> problems, List<RuleWarning> warnings, @Nullable String version) {
    byte[] bytes =
        JsonWriter.bytes(
            writer -> {
              writer.beginObject().field("file", file.toString());
              writer.field("is_valid", problems.isEmpty()).field("policy_version", version);
              writer.name("problems").beginArray();
              problems.forEach(
                  problem ->
                      writer
                          .beginObject()
                          .field("file", problem.file())
                          .field("line", problem.line())
                          .field("column", problem.column())
                          .field("path", problem.path())
                          .field("message", problem.message())
                          .endObject());
              writer.endArray().name("warnings").beginArray();
              warnings.forEach(
                  warning ->
                      writer
                          .beginObject()
                          .field("rule", warning.rule())
                          .field("origin", warning.origin())
                          .field("message", warning.text())
                          .endObject());
              writer.endArray().endObject();
            });
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
