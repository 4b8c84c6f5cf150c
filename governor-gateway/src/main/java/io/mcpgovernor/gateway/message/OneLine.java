package io.mcpgovernor.gateway.message;

/** Puts JSON on one line. */
final class OneLine {
  private OneLine() {}

  /** The bytes with a blank for each line break; the same array if there is none. */
  static byte[] of(byte[] json) {
    int at = EightBytes.lineEnd(json, 0, json.length);
    if (at == json.length) {
      return json;
    }
    byte[] line = json.clone();
    while (at < line.length) {
      line[at] = ' ';
      at = EightBytes.lineEnd(line, at + 1, line.length);
    }
    return line;
  }
}
