package io.mcpgovernor.audit;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a record small and on one line: a value of more than 64 KiB is replaced by its beginning
 * and its length, and line breaks within a value by spaces, so that no value can pass for a record.
 */
final class Excerpt {
  static final int BYTES_MAX = 64 * 1024;

  private Excerpt() {}

  static @Nullable Json of(@Nullable Json masked) {
    if (masked == null) {
      return null;
    }
    byte[] bytes = masked.utf8();
    if (bytes.length <= BYTES_MAX) {
      return oneLine(masked, bytes);
    }
    return cut(bytes, bytes.length);
  }

  /**
   * What stands for a longer value.
   *
   * @param head its beginning, more than {@link #BYTES_MAX}
   * @param bytes how long it is
   */
  static Json cut(byte[] head, int bytes) {
    int end = BYTES_MAX;
    while ((head[end] & 0xc0) == 0x80) {
      end--; // not in the middle of a character
    }
    return Json.utf8(
        new JsonWriter(BYTES_MAX + BYTES_MAX / 4)
            .beginObject()
            .field("truncated", true)
            .field("bytes", bytes)
            .name("head")
            .text(head, 0, end)
            .endObject()
            .toByteArray());
  }

  private static Json oneLine(Json value, byte[] bytes) {
    byte[] line = null;
    for (int i = 0; i < bytes.length; i++) {
      // JSON strings hold no raw control characters, so what is replaced is space between tokens.
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        if (line == null) {
          line = bytes.clone();
        }
        line[i] = ' ';
      }
    }
    return line == null ? value : Json.utf8(line);
  }
}
