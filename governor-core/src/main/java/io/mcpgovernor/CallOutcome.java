package io.mcpgovernor;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.policy.ValidationResult;

/** How a governed call ended: with a masked result, or with a denial. Immutable. */
public sealed interface CallOutcome {
  /** The name of the call in the audit log. */
  String id();

  /** What the checks said. */
  ValidationResult validation();

  /**
   * The tool ran, and its result may be handed out.
   *
   * @param result the masked result
   * @param isError whether the tool itself calls it an error
   */
  record Released(String id, ValidationResult validation, Json result, boolean isError)
      implements CallOutcome {}

  /**
   * The call was not allowed, or its result must not be handed out.
   *
   * @param denial what to tell the caller
   */
  record Refused(ValidationResult validation, Denial denial) implements CallOutcome {
    @Override
    public String id() {
      return denial.id();
    }
  }
}
