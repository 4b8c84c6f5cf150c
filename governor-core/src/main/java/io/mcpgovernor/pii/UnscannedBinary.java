package io.mcpgovernor.pii;

/**
 * What becomes of a result of a tool that reads PII, if it holds a binary that nobody can search:
 * an archive, a PDF file.
 */
public enum UnscannedBinary {
  /** It is withheld. */
  DENY,
  /** It is released as it is, and the record says so. */
  ALLOW
}
