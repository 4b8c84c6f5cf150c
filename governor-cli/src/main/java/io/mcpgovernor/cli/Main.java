package io.mcpgovernor.cli;

import io.mcpgovernor.cli.audit.AuditCommand;
import io.mcpgovernor.cli.config.ConfigCommand;
import io.mcpgovernor.cli.config.InitCommand;
import io.mcpgovernor.cli.config.ValidateCommand;
import io.mcpgovernor.cli.gateway.DoctorCommand;
import io.mcpgovernor.cli.gateway.RunCommand;
import io.mcpgovernor.cli.gateway.ServeCommand;
import io.mcpgovernor.cli.gateway.ServerRun;
import io.mcpgovernor.cli.grants.GrantsCommand;
import io.mcpgovernor.cli.keys.KeysCommand;
import io.mcpgovernor.cli.pii.MaskCommand;
import io.mcpgovernor.cli.pii.PiiCommand;
import io.mcpgovernor.cli.policy.CanICommand;
import io.mcpgovernor.cli.policy.ExplainCommand;
import io.mcpgovernor.cli.policy.TestCommand;
import io.mcpgovernor.cli.replay.ReplayCommand;
import io.mcpgovernor.cli.tools.ToolsCommand;
import io.mcpgovernor.cli.wrap.UnwrapCommand;
import io.mcpgovernor.cli.wrap.WrapCommand;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code governor}: the command and its subcommands. */
@Command(
    name = "governor",
    description = "Governance for AI agents' tool calls over MCP.",
    mixinStandardHelpOptions = true,
    version = "mcp-governor 0.1.0-SNAPSHOT",
    subcommands = {
      DemoCommand.class,
      InitCommand.class,
      ValidateCommand.class,
      ConfigCommand.class,
      ExplainCommand.class,
      CanICommand.class,
      TestCommand.class,
      BenchCommand.class,
      MaskCommand.class,
      PiiCommand.class,
      LeakTestCommand.class,
      AuditCommand.class,
      GrantsCommand.class,
      KeysCommand.class,
      ToolsCommand.class,
      ReplayCommand.class,
      RunCommand.class,
      ServeCommand.class,
      WrapCommand.class,
      UnwrapCommand.class,
      CompletionCommand.class,
      DoctorCommand.class
    })
public final class Main implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  private Main() {}

  /**
   * Runs a command and exits with 0 (ok), 1 (error), 2 (wrong usage), 3 (the answer is no), 4 (bad
   * configuration), 5 (audit verification failed) or 141 (nobody reads the output); each command's
   * help says which.
   */
  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    boolean isRun = !words.isEmpty() && words.getFirst().equals("run");
    LogForm.choose(words);
    // Clients wait for it, and to read a command line takes longer than all it does besides.
    Integer code = isRun ? ServerRun.plain(words.subList(1, words.size())) : null;
    System.exit(code != null ? code : Line.execute(words, isRun));
  }

  /** Reads the command line; not loaded where that is not needed. */
  private static final class Line {
    static int execute(List<String> words, boolean isRun) {
      CommandLine line = isRun ? RunCommand.alone() : new CommandLine(new Main());
      return line.setCaseInsensitiveEnumValuesAllowed(true)
          .setExpandAtFiles(false) // @FILE holds a value, not words of the command line
          .execute(words.subList(isRun ? 1 : 0, words.size()).toArray(String[]::new));
    }

    /** Not of its own type: Java would have to load that to know that it can be thrown. */
    static RuntimeException nothingSaid(CommandSpec spec) {
      return new ParameterException(spec.commandLine(), "Say what to do.");
    }
  }

  @Override
  public void run() {
    throw Line.nothingSaid(spec);
  }
}
