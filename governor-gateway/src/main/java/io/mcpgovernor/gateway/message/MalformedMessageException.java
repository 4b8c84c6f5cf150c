package io.mcpgovernor.gateway.message;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Bytes that are no message, or one that two readers could understand differently. */
public final class MalformedMessageException extends Exception {
  /** Not JSON, or not in UTF-8. */
  public static final int PARSE_ERROR = -32_700;

  /** JSON, and no valid message. */
  public static final int INVALID_REQUEST = -32_600;

  @Serial private static final long serialVersionUID = 1L;

  private final int code;
  private final transient @Nullable MessageId id;

  /**
   * A reason.
   *
   * @param code of JSON-RPC
   * @param id of the message, where it could be read for certain
   * @param reason a sentence fit for the sender: names keys and limits, never values
   */
  public MalformedMessageException(int code, @Nullable MessageId id, String reason) {
    super(reason);
    this.code = code;
    this.id = id;
  }

  /** The code of JSON-RPC. */
  public int code() {
    return code;
  }

  /** The message's id, where it could be read for certain. */
  public @Nullable MessageId id() {
    return id;
  }
}
