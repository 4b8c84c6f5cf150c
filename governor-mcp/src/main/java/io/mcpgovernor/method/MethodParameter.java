package io.mcpgovernor.method;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a tool's method: one of its arguments, or, where it is of a type the host provides
 * (who calls, the call itself), no argument at all.
 *
 * @param name what the argument is called
 * @param isProvided whether the host provides it
 * @param isRequired whether a call must have it
 */
record MethodParameter(
    String name, Type type, @Nullable String description, boolean isProvided, boolean isRequired) {

  /**
   * The parameters of a method.
   *
   * @param provided the types that hosts provide
   * @throws IllegalArgumentException if they have no names, or two have the same
   */
  static List<MethodParameter> of(Method method, Set<Class<?>> provided) {
    List<MethodParameter> parameters = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      parameters.add(of(method, parameter, provided));
    }
    List<String> names =
        parameters.stream()
            .filter(parameter -> !parameter.isProvided)
            .map(MethodParameter::name)
            .toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException(
          method + " has two arguments of one name: " + String.join(", ", names));
    }
    return List.copyOf(parameters);
  }

  private static MethodParameter of(Method method, Parameter parameter, Set<Class<?>> provided) {
    String declared = NamedAnnotations.ofParameter(parameter, "name");
    boolean isProvided = provided.contains(parameter.getType());
    if (declared == null && !parameter.isNamePresent() && !isProvided) {
      throw new IllegalArgumentException(
          "the parameters of "
              + method
              + " have no names: compile with -parameters, or name them by @ToolParam(name)");
    }
    return new MethodParameter(
        declared != null ? declared : parameter.getName(),
        parameter.getParameterizedType(),
        NamedAnnotations.ofParameter(parameter, "description", "value"),
        isProvided,
        !Nullness.isNullable(parameter, parameter.getAnnotatedType())
            && parameter.getType() != Optional.class
            && !NamedAnnotations.isOptional(parameter));
  }

  /** What a method gets where a call leaves the argument out. */
  @Nullable Object absent() {
    if (type instanceof Class<?> raw && raw.isPrimitive()) {
      // The element of an array of primitives is what Java itself takes for "nothing said".
      return Array.get(Array.newInstance(raw, 1), 0);
    }
    return raw() == Optional.class ? Optional.empty() : null;
  }

  private Type raw() {
    return type instanceof ParameterizedType generic ? generic.getRawType() : type;
  }
}
