package io.mcpgovernor.verify;

/** Where the keys come from that signatures were checked with, and so what the check proves. */
public enum KeySource {
  /** Somebody gave them: whoever has not the private key cannot have made the log. */
  GIVEN("given"),
  /**
   * They stand beside the log: the log is consistent, but whoever could write it could as well
   * write these.
   */
  BESIDE_THE_LOG("beside_the_log"),
  /** There were none: signatures were not checked. */
  NONE("none");

  private final String text;

  KeySource(String text) {
    this.text = text;
  }

  /** As reports say it. */
  public String text() {
    return text;
  }
}
