package io.mcpgovernor.config.file;

import io.mcpgovernor.config.file.YamlNode.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value that is shown nowhere; a reference, unless most such values are no secrets. */
final class SecretShape implements Shape {
  private final boolean isLiteralAllowed;

  SecretShape(boolean isLiteralAllowed) {
    this.isLiteralAllowed = isLiteralAllowed;
  }

  @Override
  public @Nullable Object bind(YamlNode node, String path, Binding binding) {
    if (!(node instanceof Scalar scalar) || scalar.type() != ScalarType.TEXT) {
      binding.wrongType(
          node, path, isLiteralAllowed ? "a text (put it in quotes)" : "a reference", example());
      return null;
    }
    String text = scalar.text();
    if (SecretSource.isWhole(text)) {
      String problem = binding.secrets().problem(text);
      if (problem != null) {
        binding.problems().add(node.at(), path, problem);
        return null;
      }
      return binding.secrets().secret(text);
    }
    if (isLiteralAllowed
        && !SecretSource.holdsReference(text)
        && text.codePointCount(0, text.length()) <= SecretSource.CHARACTERS_MAX) {
      return new Secret("", text);
    }
    binding.wrong(
        node,
        path,
        SecretSource.holdsReference(text)
            ? "a reference must be the whole value"
            : isLiteralAllowed
                ? "this may have " + SecretSource.CHARACTERS_MAX + " characters"
                : "this must be a reference to the secret, never the secret itself; put it into"
                    + " an environment variable, or into a file that only its owner can read",
        example());
    return null;
  }

  private static String example() {
    return "\"${env:NAME}\" or \"${file:path}\"";
  }

  @Override
  public Map<String, Object> schema(Map<String, Object> definitions) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "string");
    schema.put("maxLength", SecretSource.CHARACTERS_MAX);
    if (isLiteralAllowed) {
      schema.put(
          "anyOf",
          List.of(
              Map.of("pattern", SecretSource.WHOLE),
              Map.of("not", Map.of("pattern", SecretSource.PART))));
    } else {
      schema.put("pattern", SecretSource.WHOLE);
    }
    return schema;
  }
}
