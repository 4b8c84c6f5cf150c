package io.mcpgovernor.config.file;

import io.mcpgovernor.config.file.YamlNode.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A value that is written as a text of some pattern: a duration, an address, a URL. */
final class WrittenShape implements Shape {
  private final String regex;
  private final Pattern pattern;
  private final String what;
  private final String example;
  private final Function<String, Object> parser;

  /**
   * @param regex matches the whole text
   * @param what what it must be, for people
   * @param parser throws IllegalArgumentException where the pattern says too little
   */
  WrittenShape(String regex, String what, String example, Function<String, Object> parser) {
    this.regex = regex;
    this.pattern = Pattern.compile(regex);
    this.what = what;
    this.example = example;
    this.parser = parser;
  }

  @Override
  public @Nullable Object bind(YamlNode node, String path, Binding binding) {
    if (!(node instanceof Scalar scalar) || scalar.type() != ScalarType.TEXT) {
      binding.wrongType(node, path, what, example);
      return null;
    }
    if (SecretSource.isReference(scalar.text())) {
      binding.problems().add(node.at(), path, SecretSource.NO_REFERENCE);
      return null;
    }
    if (pattern.matcher(scalar.text()).matches()) {
      try {
        return parser.apply(scalar.text());
      } catch (RuntimeException e) {
        // The message below says it all, and never the value.
      }
    }
    binding.wrong(node, path, "this must be " + what, example);
    return null;
  }

  @Override
  public Map<String, Object> schema(Map<String, Object> definitions) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "string");
    schema.put("pattern", "^(?:" + regex + ")$");
    return schema;
  }
}
