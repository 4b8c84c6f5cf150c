package io.mcpgovernor.cli.demo;

import io.mcpgovernor.call.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** JSON values as a person reads them, shortened. */
final class Shown {
  private static final int ARGUMENT_CHARS = 60;

  private Shown() {}

  /** {@code tool(name: value, ...)}; long values by their beginning and length. */
  static String call(String tool, Map<String, Object> arguments) {
    return arguments.entrySet().stream()
        .map(argument -> argument.getKey() + ": " + argument(argument.getValue()))
        .collect(Collectors.joining(", ", tool + "(", ")"));
  }

  private static String argument(Object value) {
    String text = value instanceof String string ? string : json(value);
    return text.length() <= ARGUMENT_CHARS
        ? text
        : String.format(
            Locale.ROOT,
            "%s... (%,d characters)",
            text.substring(0, ARGUMENT_CHARS - 20),
            text.length());
  }

  /**
   * A result by its fields, a line each. Of a list it is the first element that is shown, and how
   * many more there are.
   */
  static List<String> result(Map<?, ?> structured) {
    List<String> lines = new ArrayList<>();
    structured.forEach((name, value) -> lines.addAll(member(String.valueOf(name), value)));
    return lines;
  }

  /** The same in one line. */
  static String brief(Map<?, ?> structured) {
    return result(structured).stream()
        .map(line -> line.replaceFirst("(?<=\\w) {2,}", ": "))
        .collect(Collectors.joining(", "));
  }

  private static List<String> member(String name, @Nullable Object value) {
    if (value instanceof Map<?, ?> fields) {
      return fields(fields);
    }
    if (value instanceof List<?> items && !items.isEmpty()) {
      List<String> lines = new ArrayList<>(member(name, items.getFirst()));
      if (items.size() > 1) {
        lines.add("... and " + (items.size() - 1) + " more");
      }
      return lines;
    }
    return List.of(name + ": " + json(value));
  }

  private static List<String> fields(Map<?, ?> fields) {
    int width = fields.keySet().stream().mapToInt(name -> name.toString().length()).max().orElse(0);
    return fields.entrySet().stream()
        .map(
            field ->
                padded(String.valueOf(field.getKey()), width + 2)
                    + (field.getValue() instanceof String text ? text : json(field.getValue())))
        .toList();
  }

  static String padded(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - text.length()));
  }

  private static String json(@Nullable Object value) {
    return new String(Json.of(value).utf8(), StandardCharsets.UTF_8);
  }
}
