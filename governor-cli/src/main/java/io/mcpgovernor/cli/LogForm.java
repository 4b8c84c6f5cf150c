package io.mcpgovernor.cli;

import java.util.List;

/**
 * Which library writes the log, decided before anything can be logged: the small one, unless a
 * gateway's log is wanted as JSON.
 */
final class LogForm {
  private static final String PROVIDER = "slf4j.provider";
  private static final String VERBOSITY = "slf4j.internal.verbosity";
  private static final String JSON = "ch.qos.logback.classic.spi.LogbackServiceProvider";
  private static final String TEXT = "org.slf4j.simple.SimpleServiceProvider";

  private LogForm() {}

  /**
   * Decides.
   *
   * @param words of the command line
   */
  static void choose(List<String> words) {
    if (System.getProperty(VERBOSITY) == null) {
      System.setProperty(VERBOSITY, "WARN"); // that a provider was chosen is no news
    }
    if (isJson(words)) {
      System.setProperty(PROVIDER, JSON);
    } else if (System.getProperty(PROVIDER) == null) {
      System.setProperty(PROVIDER, TEXT); // else both would be found, and that is complained about
    }
  }

  private static boolean isJson(List<String> words) {
    return !words.isEmpty()
        && words.getFirst().equals("serve")
        && (words.contains("--log=json")
            || (words.indexOf("--log") > 0
                && words.indexOf("--log") + 1 < words.size()
                && words.get(words.indexOf("--log") + 1).equals("json")));
  }
}
