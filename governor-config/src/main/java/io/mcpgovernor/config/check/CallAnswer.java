package io.mcpgovernor.config.check;

import io.mcpgovernor.Explanation;
import io.mcpgovernor.policy.ValidationResult.Verdict;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration says to a call. Immutable.
 *
 * @param explanation every check
 * @param matched the names of the rules whose condition held
 * @param notes what was not known when it was asked, a sentence each
 */
public record CallAnswer(Explanation explanation, Set<String> matched, List<String> notes) {
  /** Copies the set and the list. */
  public CallAnswer {
    matched = Set.copyOf(matched);
    notes = List.copyOf(notes);
  }

  /** Whether the call would run. */
  public boolean isAllowed() {
    return explanation.result().isAllowed();
  }

  /** The code of the denial, null if there is none. */
  public @Nullable String code() {
    return explanation.result().failedPolicy();
  }

  /** Why not, in one sentence, masked strictly; empty if the call would run. */
  public String reason() {
    return explanation.checks().stream()
        .filter(check -> check.verdict() == Verdict.DENIED)
        .findFirst()
        .map(Explanation.Check::reason)
        .orElse("");
  }

  /** What can be done about a denial. */
  public List<String> suggestions() {
    return explanation.result().suggestions();
  }
}
