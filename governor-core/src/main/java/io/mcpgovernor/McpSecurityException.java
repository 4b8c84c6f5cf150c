package io.mcpgovernor;

import io.mcpgovernor.policy.ValidationResult;
import java.util.List;
import java.util.Objects;

/**
 * A governed call was denied, or its result withheld. Thrown by governed Java interfaces ({@link
 * Governor#proxy}); everywhere else a denial is a value. Its message is masked and safe to show.
 */
public final class McpSecurityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ValidationResult decision;
  private final transient Denial denial;

  /** Says why a call was refused. */
  public McpSecurityException(CallOutcome.Refused refused) {
    super("Security policy violation: " + refused.denial().reason());
    this.decision = refused.validation();
    this.denial = Objects.requireNonNull(refused.denial());
  }

  /** What the checks said; it allows where only the result was withheld. */
  public ValidationResult decision() {
    return decision;
  }

  /** The code of the policy or step that denied, such as {@code rate_limit}. */
  public String failedPolicy() {
    return denial.code().name();
  }

  /** What to do about it; at least one. */
  public List<String> suggestions() {
    return denial.suggestions();
  }

  /** The whole denial: whether the tool ran, when to try again, and the id of the record. */
  public Denial denial() {
    return denial;
  }
}
