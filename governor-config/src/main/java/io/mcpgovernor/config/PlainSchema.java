package io.mcpgovernor.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of JSON Schema that nearly every tool keeps to (types, properties, required, enums of
 * strings, bounds), checked straight on the tree.
 *
 * <p>It answers "surely fits" or "not sure", and whoever is not sure asks the full validator, which
 * has the last word and the messages. So a mistake here could only let something pass that the
 * schema forbids, and a test holds it to the validator. It is here because the validator takes a
 * fifth of all checks of a call, most of it for bookkeeping that only a failure needs. Immutable.
 */
final class PlainSchema {
  private static final Set<String> ANNOTATIONS =
      Set.of("title", "description", "default", "examples", "$comment", "deprecated");
  private static final Set<String> CONSTRAINTS =
      Set.of(
          "type",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "enum",
          "minimum",
          "maximum",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "minProperties",
          "maxProperties");

  private final String type;
  private final Map<String, PlainSchema> properties = new HashMap<>();
  private final Set<String> required = new HashSet<>();
  private final Set<String> words = new HashSet<>();
  private boolean closed;
  private @Nullable PlainSchema items;
  private long least = Long.MIN_VALUE;
  private long most = Long.MAX_VALUE;
  private long shortest;
  private long longest = Long.MAX_VALUE;

  private PlainSchema(String type) {
    this.type = type;
  }

  /** The schema as a plain one, or null if it says anything that is not plain. */
  static @Nullable PlainSchema of(@Nullable Object schema) {
    if (!(schema instanceof Map<?, ?> keywords) || !(keywords.get("type") instanceof String type)) {
      return null;
    }
    PlainSchema plain = new PlainSchema(type);
    for (Map.Entry<?, ?> keyword : keywords.entrySet()) {
      String name = String.valueOf(keyword.getKey());
      boolean understood =
          CONSTRAINTS.contains(name)
              ? plain.take(name, keyword.getValue())
              : ANNOTATIONS.contains(name);
      if (!understood) {
        return null;
      }
    }
    return plain;
  }

  private boolean take(String keyword, @Nullable Object value) {
    return switch (keyword) {
      case "properties" -> value instanceof Map<?, ?> members && takeProperties(members);
      case "required" -> strings(value, required);
      case "additionalProperties" -> {
        closed = Boolean.FALSE.equals(value);
        yield value instanceof Boolean;
      }
      case "items" -> {
        items = of(value);
        yield items != null;
      }
      case "enum" -> strings(value, words) && !words.isEmpty();
      case "type" -> true; // known already
      default -> value instanceof Integer bound && takeBound(keyword, bound);
    };
  }

  private boolean takeBound(String keyword, int bound) {
    switch (keyword) {
      case "minimum" -> least = bound;
      case "maximum" -> most = bound;
      case "minLength", "minItems", "minProperties" -> shortest = bound;
      default -> longest = bound;
    }
    return keyword.endsWith("imum") || measures(keyword);
  }

  /** A length bound counts only for the type it measures; under another it says nothing. */
  private boolean measures(String keyword) {
    return switch (type) {
      case "string" -> keyword.endsWith("Length");
      case "array" -> keyword.endsWith("Items");
      case "object" -> keyword.endsWith("Properties");
      default -> false;
    };
  }

  private boolean takeProperties(Map<?, ?> members) {
    for (Map.Entry<?, ?> member : members.entrySet()) {
      PlainSchema property = of(member.getValue());
      if (property == null) {
        return false;
      }
      properties.put(String.valueOf(member.getKey()), property);
    }
    return true;
  }

  private static boolean strings(@Nullable Object value, Set<String> into) {
    if (!(value instanceof List<?> list)) {
      return false;
    }
    for (Object item : list) {
      if (!(item instanceof String text)) {
        return false;
      }
      into.add(text);
    }
    return true;
  }

  /** Whether a value fits for sure. */
  boolean surelyFits(@Nullable Object value) {
    if (value instanceof String text) {
      return type.equals("string")
          && (words.isEmpty() || words.contains(text))
          && (hasNoBounds() || isWithin(text.codePointCount(0, text.length())));
    }
    if (!words.isEmpty()) {
      return false;
    }
    if (value instanceof Map<?, ?> members) {
      return type.equals("object") && isWithin(members.size()) && membersFit(members);
    } else if (value instanceof List<?> list) {
      return type.equals("array") && isWithin(list.size()) && itemsFit(list);
    } else if (value instanceof Integer || value instanceof Long) {
      long number = ((Number) value).longValue();
      return (type.equals("integer") || type.equals("number")) && number >= least && number <= most;
    }
    return value instanceof Boolean && type.equals("boolean");
  }

  private boolean membersFit(Map<?, ?> members) {
    int found = 0;
    for (Map.Entry<?, ?> member : members.entrySet()) {
      if (!(member.getKey() instanceof String name)) {
        return false;
      }
      PlainSchema property = properties.get(name);
      if (property == null ? closed : !property.surelyFits(member.getValue())) {
        return false;
      }
      if (required.contains(name)) {
        found++;
      }
    }
    return found == required.size();
  }

  private boolean itemsFit(List<?> list) {
    if (items != null) {
      for (Object item : list) {
        if (!items.surelyFits(item)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean hasNoBounds() {
    return shortest == 0 && longest == Long.MAX_VALUE;
  }

  private boolean isWithin(long length) {
    return length >= shortest && length <= longest;
  }
}
