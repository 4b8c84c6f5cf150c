package io.mcpgovernor.config.rule;

import io.mcpgovernor.policy.RateLimit.By;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What a rule does, as it stands in a file. Immutable. */
public sealed interface EffectText {

  /**
   * Denies the call, or withholds the result.
   *
   * @param reason one sentence; {@code {args.limit}} quotes a number, a boolean, or a value that
   *     the tool's schema enumerates, and two opening braces are one
   * @param suggestions 1 to 5 sentences that say what to do about it
   */
  record Deny(String reason, List<String> suggestions) implements EffectText {
    /** Copies the list. */
    public Deny {
      suggestions = List.copyOf(suggestions);
    }
  }

  /**
   * Allows so many calls in any window.
   *
   * @param calls at least 1
   * @param window from a millisecond to a day
   * @param by what is counted apart; at least one
   */
  record Limit(int calls, Duration window, Set<By> by) implements EffectText {
    /** Copies the set. */
    public Limit {
      by = Set.copyOf(by);
    }
  }

  /**
   * Masks the result by more than the tool's own level.
   *
   * @param strict whether nothing is left of a value
   * @param kinds names of kinds that are masked as well
   */
  record Mask(boolean strict, Set<String> kinds) implements EffectText {
    /** Copies the set. */
    public Mask {
      kinds = Set.copyOf(kinds);
    }
  }

  /** Hides the tool. */
  record Hide() implements EffectText {}
}
