package io.mcpgovernor.method;

import io.mcpgovernor.pii.Sensitivity;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method a governed tool, and says what its operator knows about it.
 *
 * <pre>{@code
 * class CustomerTools {
 *   @GovernedTool(description = "A customer's profile", requiresPii = true, readOnly = true)
 *   Customer getCustomerProfile(String customerId, @Nullable String tenant_id) { ... }
 * }
 * }</pre>
 *
 * <p>The method may return its value, a {@link java.util.concurrent.CompletionStage} or a {@code
 * reactor.core.publisher.Mono}. Its schemas come from its parameters (by name: compile with {@code
 * -parameters}) and its return type; what is neither {@code @Nullable} nor an {@link
 * java.util.Optional} is required.
 *
 * <p>It may stand beside a framework's own annotation ({@code @McpTool}, {@code @Tool}): name,
 * title and description are then the framework's, unless given here.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface GovernedTool {
  /** The tool's name; the method's unless said otherwise. */
  String name() default "";

  /** What people see as its name. */
  String title() default "";

  /** What it does, for models and people. */
  String description() default "";

  /**
   * Whether it reads PII, so that callers need the permission PII_READ. Where this is not said, the
   * words of its name and description decide.
   */
  boolean requiresPii() default false;

  /** How its results are masked for callers; records are always masked strictly. */
  Sensitivity sensitivity() default Sensitivity.STANDARD;

  /**
   * Whether it works for no tenant in particular. Otherwise it needs one if it has a tenant
   * parameter, or once access to any tenant has been granted.
   */
  boolean tenantFree() default false;

  /** The parameter that must hold the caller's own name; none unless said otherwise. */
  String userArgument() default "";

  /** The tables it reads, for column rules that speak of them. */
  String[] tables() default {};

  /** How long it may run, milliseconds; 0 is the governor's default. */
  long timeoutMillis() default 0;

  /** Tells clients that it changes nothing; it may then be given masked values, too. */
  boolean readOnly() default false;

  /** Tells clients whether it may destroy something, if it changes anything. */
  boolean destructive() default true;

  /** Tells clients that calling it twice does no more than calling it once. */
  boolean idempotent() default false;

  /** Tells clients whether it reaches beyond a closed set of things. */
  boolean openWorld() default true;
}
