package io.mcpgovernor.method;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.core.TreeNode;

/** Which Java types have a form in JSON that a schema can state. */
final class Describable {
  private static final Set<Class<?>> PLAIN =
      Set.of(
          Object.class,
          String.class,
          CharSequence.class,
          Character.class,
          Boolean.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          Number.class,
          BigDecimal.class,
          BigInteger.class,
          Void.class,
          UUID.class,
          URI.class,
          Instant.class,
          LocalDate.class,
          LocalDateTime.class,
          LocalTime.class,
          OffsetDateTime.class,
          OffsetTime.class,
          ZonedDateTime.class,
          Period.class,
          Duration.class,
          Optional.class,
          Iterable.class);

  private Describable() {}

  /**
   * Checks a type, or a part of one, that a method takes.
   *
   * @throws IllegalArgumentException if JSON has no form for it, or it cannot be made from JSON
   */
  static void input(Class<?> type) {
    output(type);
    boolean foreign = !isKnown(type);
    if (foreign
        && Modifier.isAbstract(type.getModifiers())
        && !type.isAnnotationPresent(JsonTypeInfo.class)) {
      throw new IllegalArgumentException(
          type.getName()
              + " is abstract, so nobody knows what to make from JSON: take a record or a class");
    }
    if (foreign && type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
      throw new IllegalArgumentException(
          type.getName() + " is an inner class: make it static, or a record");
    }
  }

  /**
   * Checks a type, or a part of one, that a method returns.
   *
   * @throws IllegalArgumentException if JSON has no form for it
   */
  static void output(Class<?> type) {
    if (type == byte[].class || type == char[].class) {
      throw new IllegalArgumentException(
          type.getSimpleName() + " has no form in JSON that a schema states: use a String");
    }
    if (!isKnown(type) && isOfTheJdk(type)) {
      throw new IllegalArgumentException(
          type.getName() + " has no form in JSON: use a record, a text or a number");
    }
  }

  private static boolean isKnown(Class<?> type) {
    return type.isPrimitive()
        || type.isArray()
        || type.isEnum()
        || PLAIN.contains(type)
        || Collection.class.isAssignableFrom(type)
        || Map.class.isAssignableFrom(type)
        || TreeNode.class.isAssignableFrom(type);
  }

  private static boolean isOfTheJdk(Class<?> type) {
    return type.getName().startsWith("java.") || type.getName().startsWith("javax.");
  }
}
