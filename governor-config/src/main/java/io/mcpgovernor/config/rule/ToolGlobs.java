package io.mcpgovernor.config.rule;

import io.mcpgovernor.call.Tool;
import java.util.List;

/**
 * Which tools a rule is about, by name: globs over {@code server.tool} or {@code tool}. Immutable.
 *
 * @param globs none means all tools
 */
record ToolGlobs(List<String> globs) {
  static final int GLOBS_MAX = 100;
  static final int LENGTH_MAX = 256;

  boolean matches(Tool tool) {
    if (globs.isEmpty()) {
      return true;
    }
    for (String glob : globs) {
      if (matches(glob, tool)) {
        return true;
      }
    }
    return false;
  }

  static boolean matches(String glob, Tool tool) {
    return matches(glob, tool.name()) || matches(glob, tool.server() + "." + tool.name());
  }

  /**
   * Whether every tool that the other globs match is matched by these, whatever tools there are.
   */
  boolean cover(ToolGlobs other) {
    return globs.isEmpty()
        || (!other.globs.isEmpty() && other.globs.stream().allMatch(this::coverOne));
  }

  private boolean coverOne(String glob) {
    // As text: a star of ours takes whatever the other glob has there, stars included.
    return globs.stream()
        .anyMatch(ours -> ours.equals(glob) || (!ours.contains("?") && matches(ours, glob)));
  }

  /** In time of both lengths' product: only the last star is ever tried again. */
  static boolean matches(String glob, String text) {
    int g = 0;
    int t = 0;
    int star = -1;
    int from = 0;
    while (t < text.length()) {
      if (g < glob.length() && glob.charAt(g) == '*') {
        star = g++;
        from = t;
      } else if (g < glob.length() && (glob.charAt(g) == '?' || glob.charAt(g) == text.charAt(t))) {
        g++;
        t++;
      } else if (star >= 0) {
        g = star + 1;
        t = ++from;
      } else {
        return false;
      }
    }
    while (g < glob.length() && glob.charAt(g) == '*') {
      g++;
    }
    return g == glob.length();
  }
}
