package io.mcpgovernor.pii;

/** A place in a text as one long, so that looking for one allocates nothing. */
final class Span {
  /** No place. */
  static final long NONE = -1;

  private Span() {}

  static long of(int start, int end) {
    return (long) start << 32 | end;
  }

  static int start(long span) {
    return (int) (span >>> 32);
  }

  static int end(long span) {
    return (int) span;
  }
}
