package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a tool that headers repeat: properties whose schema has {@code x-mcp-header}.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/server/tools">MCP
 *     2026-07-28: x-mcp-header</a>
 */
final class ParamHeaders {
  private static final String KEY = "x-mcp-header";

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+");
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,400}(?:\\.[0-9]{1,400})?");
  private static final BigDecimal SAFE_MAX = BigDecimal.valueOf((1L << 53) - 1);

  /** Where schemas stand that say nothing of the object itself. */
  private static final List<String> ELSEWHERE =
      List.of(
          "items",
          "prefixItems",
          "contains",
          "additionalProperties",
          "unevaluatedProperties",
          "unevaluatedItems",
          "propertyNames",
          "oneOf",
          "anyOf",
          "allOf",
          "not",
          "if",
          "then",
          "else");

  /** The same, where they have names. */
  private static final List<String> ELSEWHERE_NAMED =
      List.of("patternProperties", "dependentSchemas", "$defs", "definitions");

  /** One argument that a header repeats. */
  private record Repeated(List<String> path, String header, boolean isNumber) {}

  private final List<Repeated> repeated = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private boolean isInvalid;

  private ParamHeaders() {}

  /**
   * Those of a tool. A tool whose schema has one where none may be has none: nobody could say what
   * is meant.
   */
  static ParamHeaders of(Json definition) {
    ParamHeaders headers = new ParamHeaders();
    if (!mayHaveOne(definition.utf8())) {
      return headers;
    }
    try {
      if (definition.tree() instanceof Map<?, ?> tool) {
        headers.read(tool.get("inputSchema"), List.of(), true);
      }
    } catch (MalformedJsonException e) {
      headers.isInvalid = true;
    }
    if (headers.isInvalid) {
      headers.repeated.clear();
    }
    return headers;
  }

  /** What is wrong with the headers of a call; null if nothing is. */
  @Nullable String problem(Headers headers, @Nullable Json arguments) {
    for (Repeated one : repeated) {
      Object value = at(arguments, one.path());
      if (!isComparable(value)) {
        continue; // what is no simple value has no header
      }
      String name = "Mcp-Param-" + one.header();
      String written = HeaderValue.of(headers, name.toLowerCase(Locale.ROOT));
      if (written == null) {
        return "The header " + name + " is missing, whose argument is there.";
      }
      String said = HeaderValue.decoded(written);
      if (said == null) {
        return "The header " + name + " is not valid Base64 of UTF-8.";
      }
      if (!isSame(one, said, value)) {
        return "The header " + name + " and its argument differ.";
      }
    }
    return null;
  }

  private static boolean mayHaveOne(byte[] definition) {
    for (int i = 0; i + 1 < definition.length; i++) {
      if (definition[i] == '\\' && definition[i + 1] == 'u') {
        return true; // it may be written with escapes
      }
      if (definition[i] == 'x' && isAt(definition, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAt(byte[] text, int at) {
    if (at + KEY.length() > text.length) {
      return false;
    }
    for (int i = 0; i < KEY.length(); i++) {
      if (text[at + i] != KEY.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void read(@Nullable Object node, List<String> path, boolean reachable) {
    if (!(node instanceof Map<?, ?> schema)) { // trees are of bounded depth
      return;
    }
    if (schema.containsKey(KEY)) {
      declare(schema, path, reachable);
    }
    if (schema.get("properties") instanceof Map<?, ?> properties) {
      properties.forEach((name, child) -> read(child, longer(path, (String) name), reachable));
    }
    for (String elsewhere : ELSEWHERE) {
      if (schema.get(elsewhere) instanceof List<?> several) {
        several.forEach(child -> read(child, path, false));
      } else {
        read(schema.get(elsewhere), path, false);
      }
    }
    for (String elsewhere : ELSEWHERE_NAMED) {
      if (schema.get(elsewhere) instanceof Map<?, ?> several) {
        several.values().forEach(child -> read(child, path, false));
      }
    }
  }

  private void declare(Map<?, ?> schema, List<String> path, boolean reachable) {
    if (!reachable
        || path.isEmpty()
        || !(schema.get(KEY) instanceof String header)
        || !TOKEN.matcher(header).matches()
        || !(schema.get("type") instanceof String type)
        || !names.add(header.toLowerCase(Locale.ROOT))) {
      isInvalid = true;
      return;
    }
    switch (type) {
      case "string", "boolean" -> repeated.add(new Repeated(path, header, false));
      // A number may have none, but servers check it all the same.
      case "integer", "number" -> repeated.add(new Repeated(path, header, true));
      default -> isInvalid = true;
    }
  }

  private static List<String> longer(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return List.copyOf(longer);
  }

  private static @Nullable Object at(@Nullable Json arguments, List<String> path) {
    Object node = arguments == null ? null : arguments.tree();
    for (String name : path) {
      node = node instanceof Map<?, ?> members ? members.get(name) : null;
    }
    return node;
  }

  private static boolean isComparable(@Nullable Object value) {
    if (value instanceof Number number) {
      BigDecimal exact = exact(number);
      return exact.stripTrailingZeros().scale() > 0 || exact.abs().compareTo(SAFE_MAX) <= 0;
    }
    return value instanceof String || value instanceof Boolean;
  }

  private static boolean isSame(Repeated one, String said, @Nullable Object value) {
    if (value instanceof Number number) {
      if (!DECIMAL.matcher(said).matches()) {
        return said.equals(number.toString());
      }
      BigDecimal exact = exact(number);
      BigDecimal other = new BigDecimal(said);
      return exact.compareTo(other) == 0 && (one.isNumber() || said.equals(plain(exact)));
    }
    return said.equals(String.valueOf(value));
  }

  private static BigDecimal exact(Number number) {
    return number instanceof BigDecimal exact ? exact : new BigDecimal(number.toString());
  }

  /** As a program would write it that has read a number: without the zeros at its end. */
  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
