package io.mcpgovernor.config.file;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a YAML document is made of; each part knows where it stands. Immutable. */
sealed interface YamlNode {
  /** Where it begins. */
  Place at();

  /** What it is, for people: {@code a list}. */
  String what();

  /** The same as the values of JSON. */
  @Nullable Object tree();

  /**
   * One value.
   *
   * @param text the value, whatever its type
   * @param type what it is by the core schema of YAML 1.2
   * @param spot where in the source it is written
   */
  record Scalar(Place at, String text, ScalarType type, Spot spot) implements YamlNode {
    private static final int DIGITS_MAX = 40;

    @Override
    public String what() {
      return type.what();
    }

    /** The whole number this is, null if it is none or has more digits than anybody needs. */
    @Nullable BigInteger integer() {
      if (type == ScalarType.INTEGER) {
        return text.length() > DIGITS_MAX ? null : ScalarType.integer(text);
      }
      if (type == ScalarType.DECIMAL && text.length() <= DIGITS_MAX) {
        BigDecimal decimal = new BigDecimal(text);
        long digits = (long) decimal.precision() - decimal.scale();
        boolean isWhole = digits <= DIGITS_MAX && decimal.stripTrailingZeros().scale() <= 0;
        return isWhole ? decimal.toBigInteger() : null;
      }
      return null;
    }

    @Override
    public @Nullable Object tree() {
      return switch (type) {
        case NULL -> null;
        case BOOLEAN -> text.equalsIgnoreCase("true");
        case INTEGER, DECIMAL -> number();
        case TEXT -> text;
      };
    }

    private Number number() {
      BigInteger integer = integer();
      if (integer != null) {
        return integer.bitLength() < Long.SIZE ? (Number) integer.longValue() : integer;
      }
      return type == ScalarType.DECIMAL ? Double.parseDouble(text) : BigInteger.TEN.pow(DIGITS_MAX);
    }

    /** Says what it is, not what it holds: that may be a secret. */
    @Override
    public String toString() {
      return what() + " at " + at;
    }
  }

  /** Values one after another. */
  record Sequence(Place at, List<YamlNode> items) implements YamlNode {
    @Override
    public String what() {
      return "a list";
    }

    @Override
    public Object tree() {
      List<@Nullable Object> tree = new ArrayList<>();
      items.forEach(item -> tree.add(item.tree()));
      return tree;
    }
  }

  /** A key and its value. */
  record Entry(Scalar key, YamlNode value) {}

  /** Values by keys; no key stands there twice. */
  record Mapping(Place at, List<Entry> entries) implements YamlNode {
    @Override
    public String what() {
      return "a group of keys";
    }

    @Override
    public Object tree() {
      Map<String, @Nullable Object> tree = new LinkedHashMap<>();
      entries.forEach(entry -> tree.put(entry.key.text, entry.value.tree()));
      return tree;
    }

    @Nullable Entry entry(String key) {
      for (Entry entry : entries) {
        if (entry.key.text.equals(key)) {
          return entry;
        }
      }
      return null;
    }
  }
}
