package io.mcpgovernor.gateway.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The body of a request as it comes, within its bound and the budget. What it has taken of the
 * budget is given back by whoever ends the request. Used by one event loop.
 */
final class RequestBody {
  /** Whether there was room for more. */
  enum Added {
    OK,
    TOO_LARGE,
    NO_ROOM
  }

  private static final byte[] NONE = {};
  private static final int FIRST_BYTES = 4_096;

  private final ByteBudget budget;
  private final int length;
  private final int bytesMax;
  private byte[] bytes = NONE;
  private int size;
  private long taken;

  /**
   * An empty body.
   *
   * @param length how long it will be; {@link RequestCheck#CHUNKED} if nobody knows
   */
  RequestBody(ByteBudget budget, int length, int bytesMax) {
    this.budget = budget;
    this.length = length;
    this.bytesMax = bytesMax;
  }

  /** Takes all it will need of the budget, where that is known; false if there is not as much. */
  boolean reserve() {
    return length <= 0 || take(length);
  }

  private boolean take(int more) {
    boolean isTaken = budget.tryTakeForRequest(more);
    taken += isTaken ? more : 0;
    return isTaken;
  }

  /** Adds what has come. */
  Added add(ByteBuf content) {
    int more = content.readableBytes();
    if (more == 0) {
      return Added.OK;
    }
    if (more > bytesMax - size) {
      return Added.TOO_LARGE;
    }
    if (length == RequestCheck.CHUNKED && !take(more)) {
      return Added.NO_ROOM;
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
    return Added.OK;
  }

  /** All of it, at its end. */
  byte[] bytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  /** What it has taken of the budget. */
  long taken() {
    return taken;
  }
}
