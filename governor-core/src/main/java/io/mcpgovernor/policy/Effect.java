package io.mcpgovernor.policy;

import io.mcpgovernor.policy.RateLimit.By;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What a rule does where its condition holds. Immutable. */
public sealed interface Effect {

  /**
   * Denies the call, or withholds the result.
   *
   * @param reason one sentence that may be shown to a model, made from the facts; it may quote
   *     numbers, booleans and values that the tool's schema enumerates
   * @param suggestions what a person or agent can do about it; at least one
   */
  record Refuse(Function<RuleFacts, String> reason, List<String> suggestions) implements Effect {
    /** Copies the suggestions. */
    public Refuse {
      suggestions = List.copyOf(suggestions);
      if (suggestions.isEmpty()) {
        throw new IllegalArgumentException("a denial needs a suggestion");
      }
    }
  }

  /**
   * Allows so many calls in any sliding window, counted for this rule alone and only for calls for
   * which its condition holds.
   *
   * @param calls at least 1
   * @param window from a millisecond to a day
   * @param by what is counted apart
   */
  record Limit(int calls, Duration window, Set<By> by) implements Effect {
    /** Copies the set. */
    public Limit {
      by = Set.copyOf(by);
    }
  }

  /**
   * Masks the result of the call by more than the tool's own level.
   *
   * @param strict whether nothing is left of a value
   * @param kinds kinds of PII that are masked as well, by their names, though they are off
   *     elsewhere
   */
  record Mask(boolean strict, Set<String> kinds) implements Effect {
    /** Copies the set. */
    public Mask {
      kinds = Set.copyOf(kinds);
    }
  }

  /**
   * Hides the tool: it is in no list, and calls of it are answered as if it did not exist. Its
   * condition can ask about the tool, the user and the time, since lists have no arguments.
   */
  record Hide() implements Effect {}
}
