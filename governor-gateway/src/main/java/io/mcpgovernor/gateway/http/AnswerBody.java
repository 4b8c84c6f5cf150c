package io.mcpgovernor.gateway.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** The body of an answer as it comes, within its bound. Used by one event loop. */
final class AnswerBody {
  /** Nobody says how long it will be. */
  static final int UNKNOWN = -1;

  private static final byte[] NONE = {};
  private static final int FIRST_BYTES = 4_096;

  private final int length;
  private final int bytesMax;
  private byte[] bytes = NONE;
  private int size;

  AnswerBody(int length, int bytesMax) {
    this.length = length;
    this.bytesMax = bytesMax;
  }

  /** Whether room for all of it was asked for at its beginning. */
  boolean isReserved() {
    return length >= 0;
  }

  /** Adds what has come; false if it is too large. */
  boolean add(ByteBuf content) {
    int more = content.readableBytes();
    if (more > bytesMax - size) {
      return false;
    }
    if (size + more > bytes.length) {
      bytes =
          length > 0
              ? new byte[length]
              : Arrays.copyOf(
                  bytes,
                  (int)
                      Math.min(bytesMax, Math.max(size + more, Math.max(FIRST_BYTES, 2L * size))));
    }
    content.readBytes(bytes, size, more);
    size += more;
    return true;
  }

  /** All of it, at its end. */
  byte[] bytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }
}
