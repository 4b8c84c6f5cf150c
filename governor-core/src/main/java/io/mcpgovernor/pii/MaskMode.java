package io.mcpgovernor.pii;

/** What stands in the place of PII. What a mode writes is known again and is no PII itself. */
public enum MaskMode {
  /** The kind's own mask, such as {@code ***-**-6789}; it knows both levels. */
  MASK,
  /** The kind's name, {@code [SSN]}: nothing of the value at either level. */
  REDACT,
  /**
   * The kind's name and a keyed hash, {@code [ssn:hcnkdoapifmlbgej]}: nothing of the value, but the
   * same for the same value, so that records can still be joined. See {@link
   * MaskRules.Builder#hashKey}.
   */
  HASH
}
