package io.mcpgovernor.gateway.message;

import io.mcpgovernor.call.Json;
import org.jspecify.annotations.Nullable;

/**
 * One JSON-RPC message: its bytes, and the places in them that a relay has to know. Immutable and
 * thread-safe; the array it was made from must not be changed.
 *
 * @see <a href="https://www.jsonrpc.org/specification">JSON-RPC 2.0</a>
 */
public final class Message {
  /** What a message is. */
  public enum Kind {
    /** Asks for an answer. */
    REQUEST,
    /** Asks for none. */
    NOTIFICATION,
    /** Answers a request. */
    RESULT,
    /** Says that a request failed. */
    ERROR
  }

  private Message() {}

  /**
   * Reads what a client sent, strictly, so that nobody behind us can understand it differently: one
   * object, UTF-8, no key twice in any object at any depth, no key in the envelope or in {@code
   * params} that is another known key but for case (after Unicode folding), no batch.
   *
   * @throws MalformedMessageException if it is anything else, too large or too deep
   */
  public static Message ofClient(byte[] utf8, MessageBounds bounds)
      throws MalformedMessageException {
    return Unwritten.yet();
  }

  /**
   * Reads what a server sent: like {@link #ofClient}, but a key may be there twice below the
   * envelope and the members of its {@code result}, {@code error} and {@code params}.
   *
   * @throws MalformedMessageException if it is anything else, too large or too deep
   */
  public static Message ofServer(byte[] utf8, MessageBounds bounds)
      throws MalformedMessageException {
    return Unwritten.yet();
  }

  /** What it is. */
  public Kind kind() {
    return Unwritten.yet();
  }

  /** All of it, as it came. Shared: must not be changed. */
  public byte[] utf8() {
    return Unwritten.yet();
  }

  /** Its id; null for notifications, and for an error about a message without a readable id. */
  public @Nullable MessageId id() {
    return Unwritten.yet();
  }

  /** The method of a request or notification; empty for answers. */
  public String method() {
    return Unwritten.yet();
  }

  /** Its {@code params}, its {@code result} or its {@code error}, as it came; null without. */
  public @Nullable Json body() {
    return Unwritten.yet();
  }

  /** A member of {@code params}, {@code result} or {@code error} as it came; null without. */
  public @Nullable Json member(String name) {
    return Unwritten.yet();
  }

  /** A member that is a string, unescaped; null if it is none or absent. */
  public @Nullable String text(String name) {
    return Unwritten.yet();
  }

  /** The same message under another id; every other byte stays. */
  public Message withId(MessageId id) {
    return Unwritten.yet();
  }

  /** The same message with another body ({@link #body}); every other byte stays. */
  public Message withBody(Json body) {
    return Unwritten.yet();
  }

  /** The same message with one member of its body replaced, or added at its end. */
  public Message withMember(String name, Json value) {
    return Unwritten.yet();
  }

  /** A request of our own. */
  public static Message request(MessageId id, String method, Json params) {
    return Unwritten.yet();
  }

  /** A notification of our own. */
  public static Message notification(String method, Json params) {
    return Unwritten.yet();
  }

  /** An answer of our own. */
  public static Message result(MessageId id, Json result) {
    return Unwritten.yet();
  }

  /**
   * An error of our own.
   *
   * @param id null where the request's could not be read
   * @param data more about it; null for nothing
   */
  public static Message error(
      @Nullable MessageId id, int code, String message, @Nullable Json data) {
    return Unwritten.yet();
  }
}
