package io.mcpgovernor.method;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.util.Arrays;

/** What annotations called {@code Nullable} and JSpecify's {@code NullMarked} say of a type. */
final class Nullness {
  private Nullness() {}

  /** Whether an element, or its type, bears a {@code @Nullable} of any package. */
  static boolean isNullable(AnnotatedElement element, AnnotatedType type) {
    return bears(element, "Nullable") || bears(type, "Nullable");
  }

  /** Whether, where this class stands, a type without annotation means "never null". */
  static boolean isNullMarked(Class<?> declaring) {
    Class<?> scope = declaring;
    while (scope != null) {
      if (bears(scope, "NullUnmarked")) {
        return false;
      }
      if (bears(scope, "NullMarked")) {
        return true;
      }
      scope = scope.getEnclosingClass();
    }
    Package home = declaring.getPackage();
    return (home != null && bears(home, "NullMarked"))
        || bears(declaring.getModule(), "NullMarked");
  }

  private static boolean bears(AnnotatedElement element, String name) {
    return Arrays.stream(element.getAnnotations())
        .map(Annotation::annotationType)
        .anyMatch(type -> type.getSimpleName().equals(name));
  }
}
