package io.mcpgovernor.cli.policy;

import io.mcpgovernor.cli.audit.SafeText;
import io.mcpgovernor.config.check.CallAnswer;
import picocli.CommandLine.Command;

/** {@code governor can-i}: whether a call would be allowed. */
@Command(
    name = "can-i",
    description = "Says whether a call would be allowed.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Prints yes, or no with the code and the reason. Nothing runs, counts or is recorded;",
      "rate windows are empty. governor explain says more.",
      "Exit codes: 0 yes, 1 error, 2 wrong usage, 3 no, 4 bad configuration."
    })
public final class CanICommand extends AsksConfiguration {
  /** Made by the command line. */
  public CanICommand() {}

  @Override
  int run() {
    CallAnswer answer = ask(configuration());
    out()
        .println(
            answer.isAllowed()
                ? "yes"
                : SafeText.of("no: " + answer.code() + " " + answer.reason()));
    return answer.isAllowed() ? 0 : DENIED;
  }
}
