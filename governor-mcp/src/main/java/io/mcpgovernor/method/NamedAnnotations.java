package io.mcpgovernor.method;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What annotations of frameworks say, read by their simple names, so that none of the frameworks is
 * needed: Spring's {@code @McpTool} and {@code @Tool}, LangChain4j's and Quarkus's {@code @Tool},
 * and what they put on parameters.
 */
final class NamedAnnotations {
  private static final Set<String> TOOL = Set.of("McpTool", "Tool");
  private static final Set<String> PARAMETER =
      Set.of("ToolParam", "McpToolParam", "McpArg", "ToolArg", "P");

  private NamedAnnotations() {}

  /** A text that a tool annotation on a method gives, or null. */
  static @Nullable String ofTool(AnnotatedElement method, String... attributes) {
    return text(method, TOOL, attributes);
  }

  /** A text that a parameter annotation gives, or null. */
  static @Nullable String ofParameter(AnnotatedElement parameter, String... attributes) {
    return text(parameter, PARAMETER, attributes);
  }

  /** Whether a parameter annotation says that the parameter may be left out. */
  static boolean isOptional(AnnotatedElement parameter) {
    for (Annotation annotation : parameter.getAnnotations()) {
      if (PARAMETER.contains(annotation.annotationType().getSimpleName())
          && Boolean.FALSE.equals(attribute(annotation, "required"))) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String text(
      AnnotatedElement element, Set<String> names, String... attributes) {
    for (Annotation annotation : element.getAnnotations()) {
      if (names.contains(annotation.annotationType().getSimpleName())) {
        for (String attribute : attributes) {
          String text = text(attribute(annotation, attribute));
          if (text != null) {
            return text;
          }
        }
      }
    }
    return null;
  }

  private static @Nullable String text(@Nullable Object value) {
    if (value instanceof String[] lines) {
      return text(String.join("\n", lines)); // LangChain4j describes a tool in lines
    }
    // Quarkus writes "<<element name>>" where it means the default.
    return value instanceof String text && !text.isBlank() && !text.startsWith("<<") ? text : null;
  }

  private static @Nullable Object attribute(Annotation annotation, String name) {
    try {
      return annotation.annotationType().getMethod(name).invoke(annotation);
    } catch (NoSuchMethodException e) {
      return null;
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalArgumentException(
          "@" + annotation.annotationType().getSimpleName() + " cannot be read", e);
    }
  }
}
