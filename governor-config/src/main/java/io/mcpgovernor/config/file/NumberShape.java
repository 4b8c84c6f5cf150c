package io.mcpgovernor.config.file;

import io.mcpgovernor.config.file.YamlNode.Scalar;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A whole number in some range. */
final class NumberShape implements Shape {
  private final int min;
  private final int max;
  private final String example;

  NumberShape(int min, int max, String example) {
    this.min = min;
    this.max = max;
    this.example = example;
  }

  @Override
  public @Nullable Object bind(YamlNode node, String path, Binding binding) {
    String expected = "a whole number from " + min + " to " + max;
    if (!(node instanceof Scalar scalar)
        || (scalar.type() != ScalarType.INTEGER && scalar.type() != ScalarType.DECIMAL)) {
      binding.wrongType(node, path, expected + ", without quotes or unit", example);
      return null;
    }
    BigInteger number = scalar.integer();
    if (number == null
        || number.compareTo(BigInteger.valueOf(min)) < 0
        || number.compareTo(BigInteger.valueOf(max)) > 0) {
      binding.wrong(node, path, "this must be " + expected, example);
      return null;
    }
    return number.intValueExact();
  }

  @Override
  public Map<String, Object> schema(Map<String, Object> definitions) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "integer");
    schema.put("minimum", min);
    schema.put("maximum", max);
    return schema;
  }
}
