package io.mcpgovernor.gateway.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;

/** Messages of all that may stand in one, most of them valid, however they are written. */
final class RandomMessages {
  private static final List<String> STRINGS =
      List.of(
          "a",
          "b",
          "name",
          "uri",
          "Name",
          "é€😀",
          "\\n",
          "\\u0061",
          "\\ud83d\\ude00",
          "\\/\\\"",
          "",
          " ",
          "a long string, longer than eight bytes",
          "12345678",
          "1234567é",
          "\\\\",
          "\u007f",
          "\u2028");

  private static final List<String> SCALARS =
      List.of("0", "-0", "1.10", "-12E+3", "1e5", "true", "false", "null", "12345678901234567890");

  private static final List<String> SPACES = List.of("", "", "", " ", "\n", "\r\n\t ");

  private final Random random;

  RandomMessages(long seed) {
    random = new Random(seed);
  }

  /** One that is a message, but perhaps for keys that are there twice. */
  byte[] next() {
    StringBuilder text = new StringBuilder(space()).append('{').append(space());
    text.append("\"jsonrpc\"").append(space()).append(":\"2.0\"");
    if (random.nextInt(5) > 0) {
      comma(text).append("\"id\":").append(random.nextBoolean() ? "7" : string());
    }
    if (random.nextInt(4) == 0) {
      comma(text).append(string()).append(':').append(value(3));
    }
    boolean asks = random.nextBoolean();
    if (asks) {
      comma(text).append("\"method\":").append(string());
    }
    comma(text).append(asks ? "\"params\"" : random.nextBoolean() ? "\"result\"" : "\"error\"");
    text.append(space()).append(':').append(space()).append(object(4));
    return text.append(space()).append('}').append(space()).toString().getBytes(UTF_8);
  }

  /** The same with some bytes changed, left out, or doubled. */
  byte[] broken(byte[] message) {
    byte[] broken = message.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(broken.length);
      int other = random.nextInt(broken.length);
      switch (random.nextInt(5)) {
        case 0 -> broken[at] = (byte) random.nextInt(256);
        case 1 -> broken[at] = broken[other];
        case 2 -> broken[at] = (byte) "\"\\{}[],:0 \n".charAt(random.nextInt(11));
        case 3 -> broken = spliced(broken, at, at + 1 + random.nextInt(3), new byte[0]);
        default -> {
          int length = Math.min(random.nextInt(20), broken.length - other);
          byte[] some = new byte[length];
          System.arraycopy(broken, other, some, 0, length);
          broken = spliced(broken, at, at, some);
        }
      }
      if (broken.length == 0) {
        return message;
      }
    }
    return broken;
  }

  private static byte[] spliced(byte[] text, int cut, int resume, byte[] others) {
    int from = Math.min(resume, text.length);
    return JsonSlices.spliced(text, 0, cut, others, from, text.length);
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 4 : 2)) {
      case 0 -> SCALARS.get(random.nextInt(SCALARS.size()));
      case 1 -> string();
      case 2 -> array(depth);
      default -> object(depth);
    };
  }

  private String array(int depth) {
    StringBuilder text = new StringBuilder("[").append(space());
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(value(depth - 1));
      text.append(i == 1 ? space() : space() + ",");
    }
    return text.append(']').toString();
  }

  private String object(int depth) {
    StringBuilder text = new StringBuilder("{").append(space());
    boolean many = random.nextInt(20) == 0;
    for (int i = random.nextInt(many ? 40 : 4); i > 0; i--) {
      String key = many ? "\"" + i + string().substring(1) : string();
      text.append(key).append(space()).append(':').append(space()).append(value(depth - 1));
      text.append(i == 1 ? space() : space() + ",");
    }
    return text.append('}').toString();
  }

  private String string() {
    String first = STRINGS.get(random.nextInt(STRINGS.size()));
    String second = STRINGS.get(random.nextInt(STRINGS.size()));
    return "\"" + first + (random.nextBoolean() ? second : "") + "\"";
  }

  private StringBuilder comma(StringBuilder text) {
    return text.append(space()).append(',').append(space());
  }

  private String space() {
    return SPACES.get(random.nextInt(SPACES.size()));
  }
}
