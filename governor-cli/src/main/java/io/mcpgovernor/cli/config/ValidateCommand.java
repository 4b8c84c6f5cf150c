package io.mcpgovernor.cli.config;

import io.mcpgovernor.call.JsonWriter;
import io.mcpgovernor.config.file.ConfigException;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.config.file.Problem;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code governor validate}: everything that is wrong with a configuration file. */
@Command(
    name = "validate",
    description = "Says everything that is wrong with a configuration file.",
    footer = {
      "",
      "Secrets that the file refers to have to be there. Nothing is started or written.",
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
    String version = null;
    try {
      ConfigFile read = ConfigFile.read(file);
      read.builder(); // what only the engine can tell
      version = read.policyVersion();
    } catch (ConfigException e) {
      problems = e.problems();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(problems, version));
    } else if (problems.isEmpty()) {
      out.println(file + ": nothing is wrong (policy version " + version + ")");
    } else {
      problems.forEach(out::println);
    }
    out.flush();
    return problems.isEmpty() ? 0 : BAD_CONFIGURATION;
  }

  private String json(List<Problem> problems, @Nullable String version) {
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
              writer.endArray().endObject();
            });
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
