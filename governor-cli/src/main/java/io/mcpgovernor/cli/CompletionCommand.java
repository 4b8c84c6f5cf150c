package io.mcpgovernor.cli;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code governor completion}: what a shell needs to complete our words. */
@Command(
    name = "completion",
    description = "Prints a script with which a shell completes commands, options and values.",
    footer = {
      "",
      "bash:  source <(governor completion bash)   (in ~/.bashrc)",
      "zsh:   source <(governor completion zsh)    (in ~/.zshrc, after compinit)",
      "fish:  governor completion fish > ~/.config/fish/completions/governor.fish",
      "Exit codes: 0 ok, 2 wrong usage."
    },
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Runnable {
  /** The shells. */
  enum Shell {
    BASH,
    ZSH,
    FISH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    CommandLine governor = spec.root().commandLine();
    PrintWriter out = spec.commandLine().getOut();
    // The script for bash makes zsh understand it.
    out.print(
        shell == Shell.FISH
            ? FishCompletion.of(governor)
            : AutoComplete.bash(governor.getCommandName(), governor));
    out.flush();
  }
}
