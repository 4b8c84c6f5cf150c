package io.mcpgovernor.examples.customers;

import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one call, read by name. The input schema has been checked before, unless the
 * server's owner switched that off; then a missing or mistyped argument is an exception here.
 */
record Arguments(Map<String, Object> values) {

  static Arguments of(CallToolRequest request) {
    return new Arguments(request.arguments() == null ? Map.of() : request.arguments());
  }

  String text(String name) {
    String text = optionalText(name);
    if (text == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return text;
  }

  @Nullable String optionalText(String name) {
    return switch (values.get(name)) {
      case null -> null;
      case String text -> text;
      default -> throw new IllegalArgumentException(name + " is not a string");
    };
  }

  /** The number, brought into 1..max; {@code fallback} where there is none. */
  int limit(String name, int fallback, int max) {
    return switch (values.get(name)) {
      case null -> fallback;
      case Number number -> Math.clamp(number.longValue(), 1, max);
      default -> throw new IllegalArgumentException(name + " is not a number");
    };
  }
}
