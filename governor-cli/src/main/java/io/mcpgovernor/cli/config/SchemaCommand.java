package io.mcpgovernor.cli.config;

import io.mcpgovernor.config.file.ConfigSchema;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code governor config schema}: the JSON Schema of the configuration file. */
@Command(
    name = "schema",
    description = "Prints the JSON Schema of the configuration file.",
    footer = {
      "",
      "For editors and pipelines: governor config schema > governor.schema.json",
      "Exit codes: 0 ok, 2 wrong usage."
    },
    mixinStandardHelpOptions = true)
final class SchemaCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(ConfigSchema.text());
    out.flush();
  }
}
