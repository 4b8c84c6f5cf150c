package io.mcpgovernor.cli.leaktest;

/** What became of a canary. The worse, the later. */
enum Verdict {
  /** Nothing was to be done: the server has no such thing. */
  NONE("-"),
  /** The call succeeded, all else is as it was, and something else stands in its place. */
  MASKED("masked"),
  /** No canary came out, but what did is not the answer without it. */
  BROKEN("broken"),
  /** No canary came out, because no answer did. */
  ERROR("error"),
  /** The canary came out. */
  LEAK("LEAK");

  private final String shown;

  Verdict(String shown) {
    this.shown = shown;
  }

  String shown() {
    return shown;
  }

  boolean isGood() {
    return this == NONE || this == MASKED;
  }

  Verdict orWorse(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
