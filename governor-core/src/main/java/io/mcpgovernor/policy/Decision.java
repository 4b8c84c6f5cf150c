package io.mcpgovernor.policy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A policy's answer. A denial is a value to be audited and explained, not an exception. Immutable.
 */
public sealed interface Decision permits Decision.Allow, Decision.Deny {

  /** Facts behind the decision, for records and explanations; JSON values only. */
  Map<String, Object> metadata();

  /** Whether the call may go on. */
  default boolean isAllowed() {
    return this instanceof Allow;
  }

  /** Allows, with nothing to add. */
  static Decision allow() {
    return Allow.PLAIN;
  }

  /** Allows, with facts. */
  static Decision allow(Map<String, Object> metadata) {
    return new Allow("", metadata);
  }

  /** Denies, with a reason and one suggestion. */
  static Deny deny(DenialCode code, String reason, String suggestion) {
    return new Deny(code, reason, List.of(suggestion), null, Map.of());
  }

  /**
   * The call may go on.
   *
   * @param reason why, or empty
   * @param metadata facts behind it
   */
  record Allow(String reason, Map<String, Object> metadata) implements Decision {
    private static final Allow PLAIN = new Allow("", Map.of());

    /** Copies the facts. */
    public Allow {
      metadata = Map.copyOf(metadata);
    }
  }

  /**
   * The call must not run.
   *
   * @param code which policy denies
   * @param reason one sentence that may be shown to a model: nothing of other users, and of
   *     argument values only numbers, booleans and enums of the schema
   * @param suggestions what a person or agent can do about it; at least one
   * @param retryAfter how long to wait, where waiting helps
   * @param metadata facts behind it
   */
  record Deny(
      DenialCode code,
      String reason,
      List<String> suggestions,
      @Nullable Duration retryAfter,
      Map<String, Object> metadata)
      implements Decision, Quota.Acquired {

    /** Checks that the denial can be explained. */
    public Deny {
      if (reason.isBlank() || suggestions.isEmpty()) {
        throw new IllegalArgumentException("a denial needs a reason and a suggestion");
      }
      suggestions = List.copyOf(suggestions);
      metadata = Map.copyOf(metadata);
    }

    /** The same denial with facts for the record. */
    public Deny with(Map<String, Object> metadata) {
      return new Deny(code, reason, suggestions, retryAfter, metadata);
    }

    /** The same denial, worth another try after a while. */
    public Deny retryAfter(Duration retryAfter) {
      return new Deny(code, reason, suggestions, retryAfter, metadata);
    }
  }
}
