package io.mcpgovernor.policy;

import io.mcpgovernor.call.Tool;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A rule as an operator wrote it: for some tools, under a condition, with an effect. Immutable;
 * thread-safe as far as its parts are.
 *
 * @param name unique among rules; 1 to 64 lower-case letters, digits, dashes and underscores, no
 *     dash or underscore first. Its denials have the code {@code rule:name}
 * @param origin where it is written, {@code file:line:column}; empty if nowhere
 * @param moment whether it is asked before the call or about its result
 * @param mode whether its effect counts
 * @param tools the tools it is about, asked once for each tool
 * @param when the condition; one that fails denies the call
 * @param effect what it does where its condition holds
 */
public record Rule(
    String name,
    String origin,
    Moment moment,
    Mode mode,
    Predicate<Tool> tools,
    Condition when,
    Effect effect) {

  /** What names rules may have. */
  public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  /** When a rule is asked. */
  public enum Moment {
    /** Before the call runs. */
    CALL,
    /** When its result is masked, before it is released. */
    RESULT
  }

  /** Whether a rule's effect counts. */
  public enum Mode {
    /** It does. */
    ENFORCE,
    /** The rule is asked and what it says is on record, but nothing comes of it. */
    SHADOW,
    /** The rule is not asked. */
    OFF
  }

  /** Checks the name and what goes together. */
  public Rule {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a rule's name has lower-case letters, digits, '-' and '_'");
    }
    Objects.requireNonNull(origin);
    Objects.requireNonNull(mode);
    Objects.requireNonNull(tools);
    Objects.requireNonNull(when);
    if (moment == Moment.RESULT
        && !(effect instanceof Effect.Refuse || effect instanceof Effect.Mask)) {
      throw new IllegalArgumentException("a rule about results can deny or mask");
    }
  }

  /** The code its denials have. */
  public DenialCode code() {
    return DenialCode.rule(name);
  }
}
