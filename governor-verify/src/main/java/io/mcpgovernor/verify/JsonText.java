package io.mcpgovernor.verify;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes one JSON value, for machines. Not thread-safe. */
final class JsonText {
  private final StringBuilder text = new StringBuilder();
  private boolean needsComma;

  JsonText open(char bracket) {
    comma();
    text.append(bracket);
    needsComma = false;
    return this;
  }

  JsonText close(char bracket) {
    text.append(bracket);
    needsComma = true;
    return this;
  }

  JsonText name(String name) {
    value(name);
    text.append(':');
    needsComma = false;
    return this;
  }

  JsonText field(String name, @Nullable String value) {
    return name(name).value(value);
  }

  JsonText field(String name, long value) {
    name(name).text.append(value);
    needsComma = true;
    return this;
  }

  JsonText value(@Nullable String value) {
    comma();
    needsComma = true;
    if (value == null) {
      text.append("null");
      return this;
    }
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char next = value.charAt(i);
      if (next == '"' || next == '\\') {
        text.append('\\').append(next);
      } else if (next < ' ' || (next >= 0x7f && next < 0xa0) || Character.isSurrogate(next)) {
        text.append(String.format(Locale.ROOT, "\\u%04x", (int) next));
      } else {
        text.append(next);
      }
    }
    text.append('"');
    return this;
  }

  private void comma() {
    if (needsComma) {
      text.append(',');
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
