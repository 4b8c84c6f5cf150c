package io.mcpgovernor.cli.tools;

import io.mcpgovernor.cli.audit.SafeText;
import io.mcpgovernor.gateway.catalogue.PinnedTool;
import io.mcpgovernor.gateway.catalogue.Pins;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code governor tools approve}: lets changed tools in. */
@Command(
    name = "approve",
    description = "Lets tools in as they are now that are in quarantine.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "'governor tools list --pending' shows what changed. A gateway that runs puts the",
      "approval on record and takes it over within a second; this waits three seconds for",
      "that, and says whether it has happened.",
      "Exit codes: 0 approved, also if nothing was in quarantine, 1 error, 2 wrong usage,",
      "3 something else waits than --pin says, 4 bad configuration."
    })
final class ApproveCommand extends UsesPins {
  private static final long PATIENCE_NANOS = 3_000_000_000L;
  private static final long POLL_MILLIS = 100;
  private static final int REFUSED = 3;
  private static final int BY_CHARS_MAX = 256;

  @Parameters(
      paramLabel = "SERVER.TOOL",
      arity = "0..*",
      description = "The tools, each as its server's name, a dot and its own name.")
  private Set<String> names = new LinkedHashSet<>();

  @Option(names = "--all", description = "All that are in quarantine.")
  private boolean all;

  @Option(
      names = "--pin",
      paramLabel = "HEX",
      description =
          "Only if the definition that waits has this pin, or one that begins like this: what was"
              + " looked at. For one tool; at least 8 digits.")
  private @Nullable String pin;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who does this; the user of this process unless told.")
  private String by = System.getProperty("user.name", "unknown");

  /** Made by the command line. */
  ApproveCommand() {}

  @Override
  int run(Pins pins) throws InterruptedException {
    check();
    Map<String, PinnedTool> known =
        pins.list().stream()
            .collect(Collectors.toMap(PinnedTool::fullName, Function.identity(), (a, b) -> a));
    for (String name : names) {
      PinnedTool tool = known.get(name);
      if (tool == null) {
        throw usage("no tool is pinned or in quarantine that is named " + name);
      }
      if (tool.waiting() == null) {
        out().println(SafeText.of(name) + " is not in quarantine.");
      }
    }
    List<PinnedTool> approved =
        pins.approve(tool -> (all || names.contains(tool.fullName())) && isSeen(tool), by);
    if (approved.isEmpty() && pin != null) {
      err().println("Nothing is approved: what waits now is not what --pin says.");
      return REFUSED;
    }
    if (approved.isEmpty()) {
      out().println("Nothing was in quarantine.");
      return 0;
    }
    approved.forEach(tool -> out().println(sentence(tool)));
    out()
        .println(
            areRecorded(pins, approved)
                ? "On record, and in force."
                : "Kept, but not on record yet: it counts once a gateway that uses this file has"
                    + " put it there.");
    return 0;
  }

  private void check() {
    if (names.isEmpty() != all) {
      throw usage("say which tools, or --all");
    }
    if (pin != null
        && (names.size() != 1 || !pin.toLowerCase(Locale.ROOT).matches("[0-9a-f]{8,64}"))) {
      throw usage("--pin goes with one tool, and has 8 to 64 hexadecimal digits");
    }
    if (by.isBlank() || by.length() > BY_CHARS_MAX) {
      throw usage("--by has 1 to " + BY_CHARS_MAX + " characters");
    }
  }

  private boolean isSeen(PinnedTool tool) {
    return pin == null
        || (tool.waiting() != null
            && tool.waiting().pin().startsWith(pin.toLowerCase(Locale.ROOT)));
  }

  private static String sentence(PinnedTool tool) {
    PinnedTool.Definition waiting = tool.waiting();
    String now = waiting == null ? "" : waiting.pin().substring(0, 12);
    PinnedTool.Definition pinned = tool.pinned();
    return SafeText.of(tool.fullName())
        + " is approved as it is now, "
        + now
        + (pinned == null ? "; it is new." : " instead of " + pinned.pin().substring(0, 12) + ".");
  }

  private static boolean areRecorded(Pins pins, List<PinnedTool> approved)
      throws InterruptedException {
    Set<String> names = approved.stream().map(PinnedTool::fullName).collect(Collectors.toSet());
    long until = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      if (pins.list().stream()
          .filter(tool -> names.contains(tool.fullName()))
          .allMatch(PinnedTool::recorded)) {
        return true;
      }
      if (System.nanoTime() - until >= 0) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
  }
}
