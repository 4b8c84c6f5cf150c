package io.mcpgovernor.method;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * What a method gives back.
 *
 * @param type of the value itself
 * @param timing whether it is there when the method returns
 * @param nullable whether there may be none
 */
record Returned(Type type, Timing timing, boolean nullable) {
  enum Timing {
    NOW,
    STAGE,
    MONO
  }

  /**
   * What this method returns.
   *
   * @throws IllegalArgumentException if that is a stream of values, or nothing that can be awaited
   */
  static Returned by(Method method) {
    Type type = method.getGenericReturnType();
    Class<?> raw = method.getReturnType();
    if (Mono.class.isAssignableFrom(raw)) {
      return later(method.getAnnotatedReturnType(), Timing.MONO);
    }
    if (CompletionStage.class.isAssignableFrom(raw)) {
      return later(method.getAnnotatedReturnType(), Timing.STAGE);
    }
    if (Publisher.class.isAssignableFrom(raw)
        || BaseStream.class.isAssignableFrom(raw)
        || Iterator.class.isAssignableFrom(raw)
        || Future.class.isAssignableFrom(raw)) {
      throw new IllegalArgumentException(
          method
              + " returns a "
              + raw.getSimpleName()
              + ": a tool has one answer, so return it, a CompletionStage or a Mono of it");
    }
    boolean nullable =
        Nullness.isNullable(method, method.getAnnotatedReturnType()) || isOptional(type);
    return new Returned(type, Timing.NOW, nullable);
  }

  /** Whether there is no value, only an end. */
  boolean isVoid() {
    return type == void.class || type == Void.class;
  }

  private static Returned later(AnnotatedType type, Timing timing) {
    if (!(type instanceof AnnotatedParameterizedType generic)) {
      return new Returned(Object.class, timing, true);
    }
    AnnotatedType value = generic.getAnnotatedActualTypeArguments()[0];
    return new Returned(
        value.getType(), timing, Nullness.isNullable(value, value) || isOptional(value.getType()));
  }

  private static boolean isOptional(Type type) {
    return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class;
  }
}
