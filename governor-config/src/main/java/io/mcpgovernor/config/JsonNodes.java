package io.mcpgovernor.config;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Trees of the engine as the trees of the schema validator, value by value, without a text between.
 */
final class JsonNodes {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonNodes() {}

  static JsonNode of(@Nullable Object tree) {
    return of(tree, 1);
  }

  private static JsonNode of(@Nullable Object value, int depth) {
    if (depth > Json.DEPTH_MAX) {
      throw MalformedJsonException.nestedTooDeep();
    }
    if (value == null) {
      return NODES.nullNode();
    } else if (value instanceof String text) {
      return NODES.stringNode(text);
    } else if (value instanceof Boolean bool) {
      return NODES.booleanNode(bool);
    } else if (value instanceof Map<?, ?> members) {
      ObjectNode object = NODES.objectNode();
      members.forEach((name, member) -> object.set(String.valueOf(name), of(member, depth + 1)));
      return object;
    } else if (value instanceof List<?> items) {
      ArrayNode array = NODES.arrayNode(items.size());
      items.forEach(item -> array.add(of(item, depth + 1)));
      return array;
    } else if (value instanceof Number number) {
      return number(number);
    }
    throw new MalformedJsonException(
        "has a value of type " + value.getClass().getName() + ", which is no JSON value");
  }

  private static JsonNode number(Number number) {
    if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
      return NODES.numberNode(number.intValue());
    } else if (number instanceof Long) {
      return NODES.numberNode(number.longValue());
    } else if (number instanceof BigInteger integer) {
      return NODES.numberNode(integer);
    } else if (number instanceof BigDecimal decimal) {
      return NODES.numberNode(decimal);
    }
    return NODES.numberNode(number.doubleValue());
  }
}
