package io.mcpgovernor.cli.leaktest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** How a canary is written where it stands. */
enum Encoding {
  PLAIN,
  /** Every character as a JSON escape, {@code \}{@code u0040}: the same string, other bytes. */
  JSON_ESCAPES {
    @Override
    String write(Canary canary) {
      return WireJson.ESCAPED + canary.text() + WireJson.ESCAPED_END;
    }
  },
  /** At the beginning of a line: in JSON it is preceded by the {@code n} of {@code \n}. */
  NEW_LINE {
    @Override
    String write(Canary canary) {
      return "Found:\n" + canary.text() + "\nThat is all.";
    }
  },
  EMPHASIS {
    @Override
    String write(Canary canary) {
      return within(canary, "**", "**");
    }
  },
  QUOTES {
    @Override
    String write(Canary canary) {
      return within(canary, "\"", "\"");
    }
  },
  BRACKETS {
    @Override
    String write(Canary canary) {
      // Not alone: a number in brackets is a JSON array, and its mask a string.
      return "see " + within(canary, "[", "]");
    }
  },
  CSV {
    @Override
    String write(Canary canary) {
      String cell = canary.secret().contains(",") ? '"' + canary.secret() + '"' : canary.secret();
      return "row," + canary.label() + ",state\n7," + cell + ",new\n";
    }
  },
  MARKDOWN_TABLE {
    @Override
    String write(Canary canary) {
      return "| row | %s |\n| --- | --- |\n| 7 | %s |\n".formatted(canary.label(), canary.secret());
    }
  },
  URL_QUERY(true) {
    @Override
    String write(Canary canary) {
      return "https://example.org/find?%s=%s&row=7"
          .formatted(percent(canary.label()), percent(canary.secret()).replace("%40", "@"));
    }
  },
  PERCENT(true) {
    @Override
    String write(Canary canary) {
      return canary.before() + percent(canary.secret()) + canary.after();
    }
  },
  BASE64(true) {
    @Override
    String write(Canary canary) {
      return Base64.getEncoder().encodeToString(canary.text().getBytes(StandardCharsets.UTF_8));
    }
  },
  FULL_WIDTH(true) {
    @Override
    String write(Canary canary) {
      StringBuilder wide = new StringBuilder();
      canary
          .secret()
          .chars()
          .forEach(c -> wide.append((char) (c > ' ' && c < 0x7f ? c + 0xfee0 : c)));
      return canary.before() + wide + canary.after();
    }
  },
  ZERO_WIDTH(true) {
    @Override
    String write(Canary canary) {
      String secret = canary.secret();
      int inside = secret.length() / 2;
      return canary.before()
          + secret.substring(0, inside)
          + '\u200b'
          + secret.substring(inside)
          + canary.after();
    }
  },
  UNICODE_DASHES(true) {
    @Override
    String write(Canary canary) {
      return canary.before() + canary.secret().replace('-', '\u2010') + canary.after();
    }

    @Override
    boolean takes(Canary canary) {
      return canary.secret().contains("-");
    }
  };

  private final boolean disguises;

  Encoding() {
    this(false);
  }

  Encoding(boolean disguises) {
    this.disguises = disguises;
  }

  String write(Canary canary) {
    return canary.text();
  }

  /** Whether it makes a difference for this canary. */
  boolean takes(Canary canary) {
    return true;
  }

  /** Whether the value's own characters change, so that its mask may be written this way or not. */
  boolean disguises() {
    return disguises;
  }

  /** In tables and on the wire. */
  String shown() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static String within(Canary canary, String open, String close) {
    return canary.before() + open + canary.secret() + close + canary.after();
  }

  /** All but RFC 3986's unreserved characters, which includes the hyphen. */
  static String percent(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append('%').append("%02X".formatted((int) c));
      }
    }
    return out.toString();
  }
}
