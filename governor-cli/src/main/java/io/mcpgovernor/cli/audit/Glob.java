package io.mcpgovernor.cli.audit;

/** Patterns for names: {@code *} stands for any characters, {@code ?} for one. */
final class Glob {
  private Glob() {}

  static boolean isPattern(String glob) {
    return glob.indexOf('*') >= 0 || glob.indexOf('?') >= 0;
  }

  /** Takes at most pattern times text steps, whatever the pattern. */
  static boolean matches(String glob, String text) {
    int at = 0;
    int from = 0;
    int star = -1;
    int starFrom = 0;
    while (from < text.length()) {
      int next = text.offsetByCodePoints(from, 1);
      if (at < glob.length() && glob.charAt(at) == '*') {
        star = at++;
        starFrom = from;
      } else if (at < glob.length() && glob.charAt(at) == '?') {
        at++;
        from = next;
      } else if (at < glob.length() && glob.charAt(at) == text.charAt(from)) {
        at++;
        from++;
      } else if (star >= 0) {
        at = star + 1;
        starFrom++;
        from = starFrom;
      } else {
        return false;
      }
    }
    while (at < glob.length() && glob.charAt(at) == '*') {
      at++;
    }
    return at == glob.length();
  }

  /** The same pattern as SQLite writes it, where {@code [} begins a set. */
  static String sqlite(String glob) {
    return glob.replace("[", "[[]");
  }
}
