package io.mcpgovernor.config.file;

import java.util.Objects;

/**
 * A value that is shown nowhere. The file names where it is: in an environment variable or in a
 * file. Immutable.
 */
public final class Secret {
  private final String reference;
  private final String value;

  Secret(String reference, String value) {
    this.reference = reference;
    this.value = value;
  }

  /** The secret itself. Keep it out of messages, logs and records. */
  public String value() {
    return value;
  }

  /** Where it is: <code>${env:NAME}</code> or <code>${file:path}</code>; empty if in the file. */
  public String reference() {
    return reference;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret
        && secret.reference.equals(reference)
        && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(reference, value);
  }

  /** The reference, never the value. */
  @Override
  public String toString() {
    return reference.isEmpty() ? "(a value that is not shown)" : reference;
  }
}
