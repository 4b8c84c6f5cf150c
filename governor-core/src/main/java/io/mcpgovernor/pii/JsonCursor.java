package io.mcpgovernor.pii;

import io.mcpgovernor.call.Json;

/**
 * Walks over a JSON text token by token, strictly: RFC 8259 grammar, well-formed UTF-8, exactly one
 * value, nesting of at most {@link Json#DEPTH_MAX}. Repeated keys are let through: whoever reads a
 * result may take either, so both have to be seen.
 *
 * <p>Iterative, linear, allocates nothing after construction. Can be used for one text after the
 * other; not thread-safe.
 */
final class JsonCursor {
  /** What stands at the cursor. */
  enum Token {
    OBJECT,
    OBJECT_END,
    ARRAY,
    ARRAY_END,
    KEY,
    STRING,
    NUMBER,
    LITERAL,
    /** The text ended where it should. */
    END,
    /** It is not JSON, from {@link JsonCursor#from()} on. */
    MALFORMED
  }

  // What may come next.
  private static final int VALUE = 0;
  private static final int VALUE_OR_END = 1;
  private static final int KEY = 2;
  private static final int KEY_OR_END = 3;
  private static final int COMMA_OR_END = 4;
  private static final int NOTHING_MORE = 5;

  // Classes of the bytes of a string, ordered so that one comparison finds those needing care.
  private static final byte PLAIN = 0;
  private static final byte TELLING = 1;
  private static final byte QUOTE = 2;
  private static final byte ESCAPE = 3;
  private static final byte CONTROL = 4;
  private static final byte LONG = 5;
  private static final byte[] CLASSES = classes();

  /** Strings this long that have escapes are read by {@link #passBlocks}. */
  private static final int LONG_STRING = 64;

  /** Where a block was no use, the next ones are unlikely to be: so many bytes go by without. */
  private static final int WITHOUT_BLOCKS = 256;

  private static final byte[] NOTHING = {};

  private byte[] text = NOTHING;
  private int end;
  private final long[] objects = new long[(Json.DEPTH_MAX + 63) / 64]; // one bit a level
  private int depth;
  private int expect = VALUE;
  private int at;
  private int from;
  private int to;
  private boolean escaped;
  private boolean telling;
  private boolean integer;

  /** Goes to the beginning of a text. */
  JsonCursor start(byte[] json, int begin, int finish) {
    text = json;
    at = begin;
    end = finish;
    depth = 0;
    expect = VALUE;
    return this;
  }

  /** Lets go of the text. */
  void wipe() {
    start(NOTHING, 0, 0);
  }

  /** Where the token begins: of strings and keys, after the quote. */
  int from() {
    return from;
  }

  /** Where the token ends, exclusive: of strings and keys, before the quote. */
  int to() {
    return to;
  }

  /** Whether the string or key has escapes. */
  boolean isEscaped() {
    return escaped;
  }

  /**
   * Whether the string or key holds a byte that may begin PII, or may hold one by an escape or in
   * another width.
   */
  boolean isTelling() {
    return telling;
  }

  /** Whether the number is written without fraction and exponent. */
  boolean isInteger() {
    return integer;
  }

  /** How many objects and arrays are open. */
  int depth() {
    return depth;
  }

  /** Moves on to the next token. */
  Token next() {
    byte c = skipSpace();
    if (expect == COMMA_OR_END && c == ',') {
      at++;
      c = skipSpace();
      expect = inObject() ? KEY : VALUE;
    }
    if (at == end) {
      return expect == NOTHING_MORE ? Token.END : malformed();
    }
    return switch (expect) {
      case VALUE -> value(c);
      case VALUE_OR_END -> c == ']' ? close(Token.ARRAY_END) : value(c);
      case KEY -> key(c);
      case KEY_OR_END -> c == '}' ? close(Token.OBJECT_END) : key(c);
      case COMMA_OR_END -> {
        boolean object = inObject();
        if (c != (object ? '}' : ']')) {
          yield malformed();
        }
        yield close(object ? Token.OBJECT_END : Token.ARRAY_END);
      }
      default -> malformed();
    };
  }

  /** Skips white space and gives the byte after it, or 0 at the end. */
  private byte skipSpace() {
    while (at < end) {
      byte c = text[at];
      if (c > ' ' || c < 0 || (c != ' ' && c != '\n' && c != '\r' && c != '\t')) {
        return c;
      }
      at++;
    }
    return 0;
  }

  private Token key(byte c) {
    if (c != '"' || !string()) {
      return malformed();
    }
    if (skipSpace() != ':') {
      return malformed();
    }
    at++;
    expect = VALUE;
    return Token.KEY;
  }

  private Token value(byte c) {
    switch (c) {
      case '"' -> {
        return string() ? scalar(Token.STRING) : malformed();
      }
      case '{' -> {
        return open(true);
      }
      case '[' -> {
        return open(false);
      }
      case 't' -> {
        return literal("true");
      }
      case 'f' -> {
        return literal("false");
      }
      case 'n' -> {
        return literal("null");
      }
      default -> {
        return number() ? scalar(Token.NUMBER) : malformed();
      }
    }
  }

  private Token scalar(Token token) {
    expect = depth == 0 ? NOTHING_MORE : COMMA_OR_END;
    return token;
  }

  private Token open(boolean object) {
    if (depth == Json.DEPTH_MAX) {
      return malformed();
    }
    long bit = 1L << (depth & 63);
    if (object) {
      objects[depth >> 6] |= bit;
    } else {
      objects[depth >> 6] &= ~bit;
    }
    depth++;
    from = at++;
    to = at;
    expect = object ? KEY_OR_END : VALUE_OR_END;
    return object ? Token.OBJECT : Token.ARRAY;
  }

  private Token close(Token token) {
    depth--;
    from = at++;
    to = at;
    return scalar(token);
  }

  private boolean inObject() {
    int level = depth - 1;
    return (objects[level >> 6] & 1L << (level & 63)) != 0;
  }

  private Token literal(String word) {
    from = at;
    to = at + word.length();
    if (to > end) {
      return malformed();
    }
    for (int i = 0; i < word.length(); i++) {
      if (text[from + i] != word.charAt(i)) {
        return malformed();
      }
    }
    at = to;
    return scalar(Token.LITERAL);
  }

  private boolean string() {
    from = ++at;
    escaped = false;
    boolean seen = false;
    int blocksFrom = from + LONG_STRING;
    while (true) {
      int plain = at;
      long signs = 0;
      // Eight bytes at a time: strings are short, and most of their bytes are plain.
      while (plain + Long.BYTES <= end) {
        long eight = EightBytes.at(text, plain);
        long ends = StringBytes.plainEnds(eight);
        if (ends != 0) {
          int count = EightBytes.first(ends);
          signs |= StringBytes.signs(eight) & ((1L << (count * Byte.SIZE)) - 1);
          plain += count;
          break;
        }
        signs |= StringBytes.signs(eight);
        plain += Long.BYTES;
      }
      seen |= signs != 0;
      at = plain;
      if (at < end && text[at] == '"') {
        return closed(seen);
      }
      while (at < end && CLASSES[text[at] & 0xff] <= TELLING) {
        seen |= CLASSES[text[at] & 0xff] == TELLING;
        at++;
      }
      if (at == end) {
        return false;
      }
      switch (CLASSES[text[at] & 0xff]) {
        case QUOTE -> {
          return closed(seen);
        }
        case ESCAPE -> {
          int length = escape();
          if (length == 0) {
            return false;
          }
          seen |= length == 6; // it may be a digit or @ in disguise
          escaped = true;
          at += length;
          if (at >= blocksFrom) {
            seen |= passBlocks();
            blocksFrom = at + WITHOUT_BLOCKS;
          }
        }
        case LONG -> {
          int length = Utf8.length(text, at, end);
          if (length == 0) {
            return false;
          }
          at += length;
          seen = true; // it may be a digit of another width
        }
        default -> {
          return false;
        }
      }
    }
  }

  private boolean closed(boolean seen) {
    to = at++;
    telling = seen || to - from >= CandidateFinder.LONG_WORD;
    return true;
  }

  /**
   * Passes over blocks of a string that are nothing but plain content and escapes of two bytes. In
   * JSON inside a string every few bytes are an escape: a jump at each, which no processor
   * foresees, takes longer than all else.
   *
   * @return whether there was a telling byte
   */
  private boolean passBlocks() {
    long signs = 0;
    while (at + EscapeBlock.BYTES <= end) {
      long backslashes = 0;
      long quotes = 0;
      long others = 0;
      long signsHere = 0;
      for (int i = 0; i < EscapeBlock.BYTES; i += Long.BYTES) {
        long eight = EightBytes.at(text, at + i);
        others |= StringBytes.notText(eight);
        signsHere |= StringBytes.signs(eight);
        backslashes |= EightBytes.bits(StringBytes.backslashes(eight)) << i;
        quotes |= EightBytes.bits(StringBytes.quotes(eight)) << i;
      }
      long starts = EscapeBlock.starts(backslashes);
      if (others != 0
          || (quotes & ~(starts << 1)) != 0
          || !areSimple(starts & ~((quotes | backslashes) >>> 1))) {
        break;
      }
      signs |= signsHere;
      at += EscapeBlock.length(starts);
    }
    return signs != 0;
  }

  /** Whether escapes that begin in the block at the cursor, its last byte aside, have two bytes. */
  private boolean areSimple(long starts) {
    for (long rest = starts & Long.MAX_VALUE; rest != 0; rest &= rest - 1) {
      byte letter = text[at + Long.numberOfTrailingZeros(rest) + 1];
      if (letter == 'u' || "\"\\/bfnrt".indexOf(letter) < 0) {
        return false;
      }
    }
    return true;
  }

  /** The length of the escape at the cursor, or 0 if it is none. */
  private int escape() {
    if (at + 1 >= end) {
      return 0;
    }
    byte letter = text[at + 1];
    if (letter != 'u') {
      return "\"\\/bfnrt".indexOf(letter) < 0 ? 0 : 2;
    }
    if (at + 6 > end) {
      return 0;
    }
    for (int i = at + 2; i < at + 6; i++) {
      if (text[i] < 0 || Character.digit(text[i], 16) < 0) {
        return 0;
      }
    }
    return 6;
  }

  private boolean number() {
    from = at;
    integer = true;
    if (text[at] == '-') {
      at++;
    }
    if (Ascii.is(text, at, end, '0')) {
      at++;
    } else if (!skipDigits()) {
      return false;
    }
    if (Ascii.is(text, at, end, '.')) {
      at++;
      integer = false;
      if (!skipDigits()) {
        return false;
      }
    }
    if (at < end && (text[at] | 0x20) == 'e') {
      at++;
      integer = false;
      if (at < end && (text[at] == '+' || text[at] == '-')) {
        at++;
      }
      if (!skipDigits()) {
        return false;
      }
    }
    to = at;
    return true;
  }

  private boolean skipDigits() {
    int start = at;
    at = Ascii.digitsEnd(text, at, end);
    return at > start;
  }

  private Token malformed() {
    from = at;
    to = at;
    return Token.MALFORMED;
  }

  private static byte[] classes() {
    byte[] classes = new byte[256];
    for (int c = 0; c < 256; c++) {
      classes[c] = c < 0x20 ? CONTROL : c >= 0x80 ? LONG : PLAIN;
    }
    for (int c = '0'; c <= '@'; c++) {
      classes[c] = TELLING;
    }
    classes['"'] = QUOTE;
    classes['\\'] = ESCAPE;
    return classes;
  }
}
