package io.mcpgovernor.method;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a parameter of a {@link GovernedTool}. */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface ToolParam {
  /** Its name in the tool's arguments; the parameter's own unless said otherwise. */
  String name() default "";

  /** What it is, for models and people. */
  String description() default "";
}
