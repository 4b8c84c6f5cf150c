package io.mcpgovernor.cli.gateway;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code governor run}: a stdio server, governed, in the place of the server itself. */
@Command(
    name = "run",
    description = "Runs an MCP server that speaks over stdio, and governs what is asked of it.",
    footer = {
      "",
      "Put it before a server's own command in the configuration of any client:",
      "  governor run -- npx -y @modelcontextprotocol/server-filesystem /data",
      "Without a configuration file the desktop profile holds; standard error says so.",
      "Exit codes: the server's own; 1 cannot start, 2 wrong usage, 4 bad configuration."
    },
    mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
  @Option(
      names = {"-f", "--config"},
      paramLabel = "FILE",
      description =
          "The configuration file; without it ~/.config/mcp-governor/governor.yaml if there is"
              + " one.")
  private @Nullable Path file;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "The server's name, in records and rules; made from the command unless told. Without a"
              + " command: which server of the file is run.")
  private @Nullable String name;

  @Parameters(
      paramLabel = "CMD",
      arity = "0..*",
      description = "The server's command and its arguments; after -- none of them is an option.")
  private List<String> command = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Made by the command line. */
  public RunCommand() {}

  /** The command as it is among others, without the others. */
  public static CommandLine alone() {
    CommandLine run = new CommandLine(new RunCommand());
    run.setCommandName("governor run");
    run.setStopAtPositional(true); // what follows the server's program is the server's
    return run;
  }

  @Override
  public Integer call() {
    if (name != null && !ServerName.isName(name)) {
      throw usage("--name has 1 to 32 lower-case letters, digits and dashes");
    }
    try {
      return ServerRun.run(
          new RunWords(file, name, command),
          System.in,
          OwnStdout.take(),
          spec.commandLine().getErr());
    } catch (WrongServerException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
