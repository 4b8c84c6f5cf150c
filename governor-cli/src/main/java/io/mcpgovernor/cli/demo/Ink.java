package io.mcpgovernor.cli.demo;

/** Colours for terminals, or none. */
enum Ink {
  PLAIN,
  COLOURED;

  String title(String text) {
    return in("1", text);
  }

  String good(String text) {
    return in("32", text);
  }

  String refused(String text) {
    return in("33", text);
  }

  String bad(String text) {
    return in("1;31", text);
  }

  String quiet(String text) {
    return in("2", text);
  }

  private String in(String code, String text) {
    return this == PLAIN ? text : "\033[" + code + "m" + text + "\033[0m";
  }
}
