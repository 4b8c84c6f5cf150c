package io.mcpgovernor.audit;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What is printed on standard error while this is open: that is where tests log to. */
final class StandardError implements AutoCloseable {
  private final PrintStream original = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  StandardError() {
    System.setErr(new Captured(printed));
  }

  String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    System.setErr(original);
    if (original instanceof Captured) {
      original.print(text()); // whoever captures around this one gets it as well
    }
  }

  /** Says that standard error is captured already. */
  private static final class Captured extends PrintStream {
    Captured(ByteArrayOutputStream printed) {
      super(printed, true, StandardCharsets.UTF_8);
    }
  }
}
