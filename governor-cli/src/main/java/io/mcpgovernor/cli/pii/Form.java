package io.mcpgovernor.cli.pii;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.pii.Masker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How input is read. */
enum Form {
  /** One JSON value. */
  JSON,
  /** One JSON value a line. */
  JSONL,
  /** Anything else. */
  TEXT;

  /** The form that a file's name tells, if it does. */
  static Optional<Form> ofName(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    return switch (dot < 0 ? "" : name.substring(dot + 1)) {
      case "json" -> Optional.of(JSON);
      case "jsonl", "ndjson" -> Optional.of(JSONL);
      case "log", "txt", "csv", "tsv", "md" -> Optional.of(TEXT);
      default -> Optional.empty();
    };
  }

  /**
   * The form that the beginning of the input tells. Only objects, arrays and strings count as JSON:
   * a list of bare numbers is text, where a masked number needs no quotes.
   *
   * @param beginning the first bytes
   * @param isAll whether nothing follows
   * @throws RefusedInput if more would have to be read to know
   */
  static Form ofBeginning(byte[] beginning, boolean isAll, Masker masker) throws IOException {
    if (isAll && isJson(beginning, masker)) {
      return JSON;
    }
    Lines lines = new Lines(new ByteArrayInputStream(beginning), Integer.MAX_VALUE);
    int values = 0;
    byte @Nullable [] line = lines.next();
    while (line != null) {
      // The last line may be cut.
      boolean isWhole = isAll || line[line.length - 1] == '\n';
      if (isWhole && !Lines.isBlank(line)) {
        if (!isJson(line, masker)) {
          values = 0;
          break;
        }
        values++;
      }
      line = lines.next();
    }
    if (values > 0) {
      return JSONL;
    }
    if (!isAll && beginsLikeJson(beginning)) {
      throw new RefusedInput(
          "the input is too long to tell whether it is JSON: say --as json, jsonl or text");
    }
    return TEXT;
  }

  private static boolean isJson(byte[] text, Masker masker) {
    if (!beginsLikeJson(text)) {
      return false;
    }
    try {
      var _ = masker.scan(Json.utf8(text));
      return true;
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  private static boolean beginsLikeJson(byte[] text) {
    for (byte c : text) {
      if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
        return c == '{' || c == '[' || c == '"';
      }
    }
    return false;
  }
}
