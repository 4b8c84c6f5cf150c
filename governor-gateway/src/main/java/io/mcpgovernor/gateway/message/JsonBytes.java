package io.mcpgovernor.gateway.message;

import io.mcpgovernor.call.MalformedJsonException;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON where it stands, one pass: its grammar, its UTF-8, its depth, and its keys.
 *
 * <p>What is no JSON ends it by an exception. What is JSON, but ambiguous, is noted as its {@link
 * #defect} and read on, so that its sender can be told which message it was.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
final class JsonBytes {
  /** In strings this long that have escapes, {@link EscapeBlocks} are looked for. */
  private static final int LONG_STRING = 64;

  /** Where there is none, the next ones are unlikely to be any: so many bytes go by without. */
  private static final int WITHOUT_BLOCKS = 256;

  private final byte[] text;
  private final int end;
  private final int depthMax;
  private final boolean strict;
  private final OpenKeys keys;
  private int at;
  private int from;
  private int to;
  private boolean escaped;
  private boolean tooDeep;
  private @Nullable String defect;

  /**
   * A reader of a part of a text.
   *
   * @param depthMax how many objects and arrays may stand in each other
   * @param strict whether no key may be twice even where {@link #value} reads
   */
  JsonBytes(byte[] text, int from, int to, int depthMax, boolean strict) {
    this.text = text;
    this.at = from;
    this.end = to;
    this.depthMax = depthMax;
    this.strict = strict;
    this.keys = new OpenKeys(text);
  }

  /** Where it reads. */
  int at() {
    return at;
  }

  /** Where the string that was read last begins, after its quote. */
  int from() {
    return from;
  }

  /** Where the string that was read last ends, before its quote. */
  int to() {
    return to;
  }

  /** Whether the string that was read last has escapes. */
  boolean isEscaped() {
    return escaped;
  }

  /** What the string that was read last says. */
  String said() {
    return JsonText.unescaped(text, from, to);
  }

  /** Whether it was given up for its depth. */
  boolean isTooDeep() {
    return tooDeep;
  }

  /** What makes it ambiguous; null if nothing does. */
  @Nullable String defect() {
    return defect;
  }

  /** Notes what makes it ambiguous. What was noted first stays. */
  void defect(String reason) {
    if (defect == null) {
      defect = reason;
    }
  }

  /** Begins to compare keys: of an object that was just opened. */
  int openKeys() {
    return keys.open();
  }

  /** The byte that begins the next token, 0 at the end. */
  byte peek() {
    while (at < end) {
      byte c = text[at];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return c;
      }
      at++;
    }
    return 0;
  }

  /** Checks that nothing follows but white space. */
  void finish() {
    peek();
    if (at < end) {
      throw new MalformedJsonException("goes on after its end (at byte " + at + ")");
    }
  }

  /** Reads this one byte of punctuation. */
  void expect(char sign) {
    if (peek() != sign) {
      throw malformed();
    }
    at++;
  }

  /**
   * Reads the bracket that opens a value.
   *
   * @param depth in how many others it stands
   */
  void open(char bracket, int depth) {
    expect(bracket);
    if (depth >= depthMax) {
      tooDeep = true;
      throw new MalformedJsonException("is nested deeper than " + depthMax + " levels");
    }
  }

  /**
   * Whether a bracket is closed here; else reads the comma before the next member or item.
   *
   * @param first whether none was read
   */
  boolean closes(char bracket, boolean first) {
    byte c = peek();
    if (c == bracket) {
      at++;
      return true;
    }
    if (!first) {
      expect(',');
    }
    return false;
  }

  /** Reads a key and its colon. */
  void key() {
    peek();
    string();
    int keyFrom = from;
    int keyTo = to;
    if (escaped) {
      String said = said();
      if (JsonText.hasHalfCharacter(said)) {
        defect("It has a key with half of a surrogate pair, which programs read differently.");
      }
      keys.add(said);
    } else {
      keys.add(keyFrom, keyTo);
    }
    expect(':');
  }

  /** Ends an object whose keys were read, and may be there twice. */
  void dropKeys(int opened) {
    keys.drop(opened);
  }

  /** Ends an object whose keys were read, and may not. */
  void closeKeys(int opened) {
    if (keys.close(opened)) {
      defect("It has the same key twice in one object.");
    }
  }

  /**
   * Reads a value, whatever it is.
   *
   * @param depth in how many others it stands
   */
  void value(int depth) {
    switch (peek()) {
      case '"' -> string();
      case '{' -> object(depth);
      case '[' -> array(depth);
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> number();
    }
  }

  private void object(int depth) {
    open('{', depth);
    int opened = keys.open();
    for (boolean first = true; !closes('}', first); first = false) {
      if (strict) {
        key();
      } else {
        peek();
        string();
        expect(':');
      }
      value(depth + 1);
    }
    if (strict) {
      closeKeys(opened);
    }
  }

  private void array(int depth) {
    open('[', depth);
    for (boolean first = true; !closes(']', first); first = false) {
      value(depth + 1);
    }
  }

  /** Reads a string: {@link #from}, {@link #to}. */
  void string() {
    if (at == end || text[at] != '"') {
      throw malformed();
    }
    from = ++at;
    escaped = false;
    int blocksFrom = from + LONG_STRING;
    while (true) {
      at = EightBytes.plainEnd(text, at, end);
      if (at == end) {
        throw malformed();
      }
      byte c = text[at];
      if (c == '"') {
        to = at++;
        return;
      }
      if (c == '\\') {
        escaped = true;
        escape();
        if (at >= blocksFrom) {
          at = EscapeBlocks.end(text, at, end);
          blocksFrom = at + WITHOUT_BLOCKS;
        }
      } else if (c < 0) {
        beyondAscii();
      } else {
        throw malformed();
      }
    }
  }

  private void escape() {
    if (at + 1 >= end) {
      throw malformed();
    }
    if (text[at + 1] != 'u') {
      if ("\"\\/bfnrt".indexOf(text[at + 1]) < 0) {
        throw malformed();
      }
      at += 2;
      return;
    }
    if (at + 6 > end) {
      throw malformed();
    }
    for (int i = at + 2; i < at + 6; i++) {
      if (text[i] < 0 || Character.digit(text[i], 16) < 0) {
        throw malformed();
      }
    }
    at += 6;
  }

  /** Reads characters as Unicode 16 table 3-7 has them: nothing overlong, no surrogates. */
  private void beyondAscii() {
    while (at < end && text[at] < 0) {
      int lead = text[at] & 0xff;
      int length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
      if (lead < 0xc2 || lead > 0xf4 || at + length > end) {
        throw notUtf8();
      }
      int second = text[at + 1] & 0xff;
      int low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
      int high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
      if (second < low || second > high) {
        throw notUtf8();
      }
      for (int i = at + 2; i < at + length; i++) {
        if ((text[i] & 0xc0) != 0x80) {
          throw notUtf8();
        }
      }
      at += length;
    }
  }

  private void literal(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (at == end || text[at] != word.charAt(i)) {
        throw malformed();
      }
      at++;
    }
  }

  private void number() {
    if (isHere('-')) {
      at++;
    }
    if (isHere('0')) {
      at++;
    } else {
      digits();
    }
    if (isHere('.')) {
      at++;
      digits();
    }
    if (isHere('e') || isHere('E')) {
      at++;
      if (isHere('+') || isHere('-')) {
        at++;
      }
      digits();
    }
  }

  private boolean isHere(char sign) {
    return at < end && text[at] == sign;
  }

  private void digits() {
    int start = at;
    while (at < end && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    if (at == start) {
      throw malformed();
    }
  }

  /** Says that what stands here cannot stand here. */
  MalformedJsonException malformed() {
    return new MalformedJsonException("is not valid JSON (at byte " + at + ")");
  }

  private MalformedJsonException notUtf8() {
    return new MalformedJsonException("is not valid UTF-8 (at byte " + at + ")");
  }
}
