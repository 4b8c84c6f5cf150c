package io.mcpgovernor.gateway.stdio;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;

/** Writes lines, each whole and at once. Thread-safe. */
final class LineWriter {
  private final OutputStream out;
  private final ReentrantLock lock = new ReentrantLock();

  LineWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes one JSON value as one line. Blocks while nobody reads.
   *
   * @throws IOException if nobody will
   */
  void write(byte[] json) throws IOException {
    byte[] line = line(json);
    lock.lock();
    try {
      out.write(line);
      out.flush();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Line breaks are legal between the tokens of JSON, and in no other place: blanks mean the same.
   */
  static byte[] line(byte[] json) {
    byte[] line = new byte[json.length + 1];
    for (int i = 0; i < json.length; i++) {
      byte each = json[i];
      line[i] = each == '\n' || each == '\r' ? (byte) ' ' : each;
    }
    line[json.length] = '\n';
    return line;
  }
}
