package io.mcpgovernor.gateway.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What bodies are, and which ones a client takes. */
final class MediaTypes {
  static final String JSON = "application/json";
  static final String EVENTS = "text/event-stream";

  private MediaTypes() {}

  /** Whether a value of {@code Content-Type} means this type, whatever its parameters. */
  static boolean is(@Nullable String contentType, String type) {
    if (contentType == null || !contentType.regionMatches(true, 0, type, 0, type.length())) {
      return false;
    }
    String rest = contentType.substring(type.length()).stripLeading();
    return rest.isEmpty() || rest.charAt(0) == ';';
  }

  /**
   * Whether a value of {@code Accept} leaves room for this type; without one there is room for all.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1">RFC 9110, Accept</a>
   */
  static boolean accepts(@Nullable String accept, String type) {
    if (accept == null || accept.isBlank()) {
      return true;
    }
    String anyOfKind = type.substring(0, type.indexOf('/') + 1) + "*";
    // The most specific range decides.
    int decides = 0;
    boolean accepted = false;
    for (String part : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      int semicolon = part.indexOf(';');
      String range = (semicolon < 0 ? part : part.substring(0, semicolon)).strip();
      int weight =
          range.equals(type) ? 3 : range.equals(anyOfKind) ? 2 : range.equals("*/*") ? 1 : 0;
      if (weight > decides) {
        decides = weight;
        accepted = semicolon < 0 || !isNever(part.substring(semicolon));
      }
    }
    return accepted;
  }

  private static boolean isNever(String parameters) {
    return parameters.replace(" ", "").matches(".*;q=0(\\.0{0,3})?(;.*)?");
  }
}
