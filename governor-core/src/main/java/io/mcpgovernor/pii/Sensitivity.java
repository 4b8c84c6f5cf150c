package io.mcpgovernor.pii;

/** How much of a masked value stays readable. */
public enum Sensitivity {
  /** The last digits stay, where the kind has any worth keeping. */
  STANDARD,
  /** Nothing stays. */
  STRICT
}
