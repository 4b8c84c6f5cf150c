package io.mcpgovernor.pii;

/** What it takes for a shape to be PII. */
enum Proof {
  /** Nothing more. */
  SHAPE,
  /** A check digit or the like, and nothing that speaks against it. */
  CHECK,
  /** A word before it, or its field's name. */
  WORD
}
