package io.mcpgovernor.config.file;

import io.mcpgovernor.config.file.YamlNode.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A text of some form. */
final class WordShape implements Shape {
  private final WordForm form;
  private final String example;
  private final BiFunction<String, Spot, Object> result;

  /**
   * @param result makes the value from the text and where it is written
   */
  WordShape(WordForm form, String example, BiFunction<String, Spot, Object> result) {
    this.form = form;
    this.example = example.isEmpty() ? form.example() : example;
    this.result = result;
  }

  @Override
  public @Nullable Object bind(YamlNode node, String path, Binding binding) {
    if (!(node instanceof Scalar scalar) || scalar.type() != ScalarType.TEXT) {
      boolean isMerelyUnquoted =
          node instanceof Scalar value && value.type() != ScalarType.NULL && choices().isEmpty();
      binding.wrongType(
          node, path, form.what() + (isMerelyUnquoted ? " (put it in quotes)" : ""), example);
      return null;
    }
    String problem = problem(form, scalar.text());
    if (problem != null) {
      binding.wrong(node, path, problem, choices().isEmpty() ? example : "");
      return null;
    }
    return result.apply(scalar.text(), scalar.spot());
  }

  private List<String> choices() {
    return form.choices();
  }

  /** What is wrong with a text; null if nothing is. */
  static @Nullable String problem(WordForm form, String text) {
    if (SecretSource.isReference(text)) {
      return SecretSource.NO_REFERENCE;
    }
    if (form.fits(text)) {
      return null;
    }
    if (form.choices().isEmpty()) {
      return "this must be "
          + form.what()
          + (text.length() > form.charactersMax()
              ? " of at most " + form.charactersMax() + " characters"
              : "");
    }
    String near = Nearest.to(text, form.choices());
    return near != null
        ? "this must be " + form.what() + "; did you mean " + near + "?"
        : "this must be " + form.what() + ": one of " + String.join(", ", form.choices());
  }

  @Override
  public Map<String, Object> schema(Map<String, Object> definitions) {
    return schema(form);
  }

  static Map<String, Object> schema(WordForm form) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "string");
    if (!form.choices().isEmpty()) {
      schema.put("enum", form.choices());
      return schema;
    }
    if (form != WordForm.ARGUMENT) {
      schema.put("minLength", 1);
    }
    schema.put("maxLength", form.charactersMax());
    if (!form.regex().isEmpty()) {
      schema.put("pattern", "^(?:" + form.regex() + ")$");
    }
    schema.put("not", Map.of("pattern", SecretSource.REFERENCE_START));
    return schema;
  }
}
