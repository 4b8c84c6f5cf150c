package io.mcpgovernor.pii.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** Text to ask about, with and without something around it. */
final class Slices {
  /** What ends a thing that begins at {@code from}. */
  @FunctionalInterface
  interface End {
    int end(byte[] text, int from, int to);
  }

  private Slices() {}

  /** What is found at the beginning of the text, or null. */
  static @Nullable String found(End form, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    int end = form.end(bytes, 0, bytes.length);
    return end < 0 ? null : new String(bytes, 0, end, UTF_8);
  }

  /** What is found where {@code |} stands in the text, which is taken out; or null. */
  static @Nullable String foundAt(End form, String marked) {
    int at = marked.indexOf('|');
    byte[] bytes = (marked.substring(0, at) + marked.substring(at + 1)).getBytes(UTF_8);
    int from = marked.substring(0, at).getBytes(UTF_8).length;
    int end = form.end(bytes, from, bytes.length);
    return end < 0 ? null : new String(bytes, from, end - from, UTF_8);
  }
}
