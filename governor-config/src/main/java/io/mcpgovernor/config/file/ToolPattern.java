package io.mcpgovernor.config.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Names of tools with wildcards: {@code get_*} on any server, {@code crm.get_*} on one. What stands
 * before the first dot is the server, so a tool with a dot in its own name needs one: {@code
 * *.report.run}. Immutable.
 */
final class ToolPattern {
  /** The one that says most comes first; in the order of letters where that is undecided. */
  static final Comparator<ToolPattern> CLOSEST_FIRST =
      Comparator.<ToolPattern>comparingInt(pattern -> -pattern.plainCharacters)
          .thenComparing(pattern -> pattern.written);

  private final String written;
  private final Pattern server;
  private final Pattern tool;
  private final int plainCharacters;

  private ToolPattern(String written) {
    this.written = written;
    int dot = written.indexOf('.');
    this.server = pattern(dot < 0 ? "*" : written.substring(0, dot));
    this.tool = pattern(written.substring(dot + 1));
    this.plainCharacters = (int) written.chars().filter(c -> c != '*' && c != '?').count();
  }

  static ToolPattern of(String written) {
    return new ToolPattern(written);
  }

  boolean matches(String serverName, String toolName) {
    return server.matcher(serverName).matches() && tool.matcher(toolName).matches();
  }

  /** The values whose names fit a tool, the closest first. */
  static <T> List<T> closestFirst(Map<String, T> values, String server, String tool) {
    List<ToolPattern> fitting = new ArrayList<>();
    for (String name : values.keySet()) {
      ToolPattern pattern = of(name);
      if (pattern.matches(server, tool)) {
        fitting.add(pattern);
      }
    }
    fitting.sort(CLOSEST_FIRST);
    List<T> found = new ArrayList<>();
    for (ToolPattern pattern : fitting) {
      T value = values.get(pattern.written);
      if (value != null) {
        found.add(value);
      }
    }
    return found;
  }

  private static Pattern pattern(String glob) {
    StringBuilder regex = new StringBuilder();
    String pieces = glob.replaceAll("\\*+", "*"); // several in a row mean one, and cost more
    for (int i = 0; i < pieces.length(); i++) {
      switch (pieces.charAt(i)) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(pieces.substring(i, i + 1)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
