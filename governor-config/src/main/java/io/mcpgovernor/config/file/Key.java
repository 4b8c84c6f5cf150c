package io.mcpgovernor.config.file;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Everything there is to say about a key of the file, on the record component that it becomes. The
 * key is called like the component, in lower case with underscores. A component that is {@code
 * Nullable} may be left out, and so may one with {@link #unless}; others are required.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {
  /** What it does, in a sentence or two. */
  String value();

  /** What holds if it is left out, as one would write it. */
  String unless() default "";

  /** A right value, as one would write it. */
  String example() default "";

  /** What texts may look like. */
  WordForm form() default WordForm.TEXT;

  /** What the keys of a group may look like whose keys are free. */
  WordForm keys() default WordForm.TEXT;

  /** The least value, with its unit. */
  String min() default "";

  /** The largest value, with its unit. */
  String max() default "";

  /** How many elements a list or group may have. */
  int most() default 1_000;

  /** Whether a list of one may be written without brackets. */
  boolean single() default false;

  /** Whether a secret may also stand there itself, because most values there are none. */
  boolean literal() default false;

  /** The key that has to stand beside it; none if empty. */
  String needs() default "";
}
