package io.mcpgovernor.cli.audit;

import java.io.Console;

/**
 * How output for people looks.
 *
 * @param isTerminal whether a terminal shows it, and not a file or another program
 * @param isColoured whether it is coloured
 */
public record Style(boolean isTerminal, boolean isColoured) {
  private static final String RESET = "\u001b[0m";

  /** Plain text for programs and files; on a terminal colours, unless NO_COLOR is set. */
  @SuppressWarnings("SystemConsoleNull") // JDK 25 does return null where there is no terminal
  public static Style ofStandardOutput() {
    Console console = System.console();
    boolean isTerminal = console != null && console.isTerminal();
    String noColor = System.getenv("NO_COLOR");
    boolean isColoured =
        isTerminal
            && (noColor == null || noColor.isEmpty())
            && !"dumb".equals(System.getenv("TERM"));
    return new Style(isTerminal, isColoured);
  }

  /** Bold, where there are colours. */
  public String bold(String text) {
    return isColoured ? "\u001b[1m" + text + RESET : text;
  }

  /** Red, where there are colours. */
  public String red(String text) {
    return isColoured ? "\u001b[31m" + text + RESET : text;
  }

  /** Yellow, where there are colours. */
  public String yellow(String text) {
    return isColoured ? "\u001b[33m" + text + RESET : text;
  }

  /** Faint, where there are colours. */
  public String faint(String text) {
    return isColoured ? "\u001b[2m" + text + RESET : text;
  }
}
