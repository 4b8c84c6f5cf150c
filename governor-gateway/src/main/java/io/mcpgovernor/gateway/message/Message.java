package io.mcpgovernor.gateway.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWriter;
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

  private final byte[] utf8;
  private final Kind kind;
  private final @Nullable MessageId id;
  private final int idFrom; // below 0 without
  private final int idTo;
  private final String method;
  private final int bodyFrom; // below 0 without
  private final int bodyTo;
  private final int close; // where the envelope's bracket stands

  // Of messages that were changed, found when first asked for.
  private volatile @Nullable Members members;

  // Made when first asked for: results are long, and several ask for them.
  private volatile @Nullable Json body;

  /** A message of which all is known; the places are those in its bytes. */
  Message(
      byte[] utf8,
      Kind kind,
      @Nullable MessageId id,
      int idFrom,
      int idTo,
      String method,
      int bodyFrom,
      int bodyTo,
      int close,
      @Nullable Members members) {
    this.utf8 = utf8;
    this.kind = kind;
    this.id = id;
    this.idFrom = idFrom;
    this.idTo = idTo;
    this.method = method;
    this.bodyFrom = bodyFrom;
    this.bodyTo = bodyTo;
    this.close = close;
    this.members = members;
  }

  /**
   * Reads what a client sent, strictly, so that nobody behind us can understand it differently: one
   * object, UTF-8, no key twice in any object at any depth, no key in the envelope or in {@code
   * params} that is another known key but for case (after Unicode folding), no batch.
   *
   * @throws MalformedMessageException if it is anything else, too large or too deep
   */
  public static Message ofClient(byte[] utf8, MessageBounds bounds)
      throws MalformedMessageException {
    return MessageReader.read(utf8, bounds, true);
  }

  /**
   * Reads what a server sent: like {@link #ofClient}, but a key may be there twice below the
   * envelope and the members of its {@code result}, {@code error} and {@code params}. What stands
   * in the envelope that JSON-RPC does not know is left out: whoever reads a message reads its
   * body, and nobody would mask what is beside it.
   *
   * @throws MalformedMessageException if it is anything else, too large or too deep
   */
  public static Message ofServer(byte[] utf8, MessageBounds bounds)
      throws MalformedMessageException {
    return MessageReader.read(utf8, bounds, false);
  }

  /** What it is. */
  public Kind kind() {
    return kind;
  }

  /** All of it, as it came. Shared: must not be changed. */
  public byte[] utf8() {
    return utf8;
  }

  /**
   * All of it on one line, for transports that take a line for a message. JSON has line breaks only
   * between its tokens; blanks take their place. Shared: must not be changed.
   */
  public byte[] line() {
    return OneLine.of(utf8);
  }

  /** Its id; null for notifications, and for an error about a message without a readable id. */
  public @Nullable MessageId id() {
    return id;
  }

  /** The method of a request or notification; empty for answers. */
  public String method() {
    return method;
  }

  /**
   * Its {@code params}, its {@code result} or its {@code error}, as it came; null without. The very
   * same object each time, as long as no two threads ask first.
   */
  public @Nullable Json body() {
    Json known = body;
    if (known == null && hasBody()) {
      known = JsonSlices.slice(utf8, bodyFrom, bodyTo);
      body = known;
    }
    return known;
  }

  /** A member of {@code params}, {@code result} or {@code error} as it came; null without. */
  public @Nullable Json member(String name) {
    if (!isBodyAnObject()) {
      return null;
    }
    Members all = members();
    int member = all.find(utf8, name);
    return member < 0 ? null : JsonSlices.slice(utf8, all.from(member), all.to(member));
  }

  /** A member that is a string, unescaped; null if it is none or absent. */
  public @Nullable String text(String name) {
    if (!isBodyAnObject()) {
      return null;
    }
    Members all = members();
    int member = all.find(utf8, name);
    if (member < 0 || utf8[all.from(member)] != '"') {
      return null;
    }
    return JsonText.unescaped(utf8, all.from(member) + 1, all.to(member) - 1);
  }

  /**
   * The same message under another id; every other byte stays.
   *
   * @throws IllegalStateException if it has none
   */
  public Message withId(MessageId id) {
    if (this.id == null) {
      throw new IllegalStateException("it has no id to be replaced");
    }
    byte[] json = id.json().getBytes(UTF_8);
    int more = json.length - (idTo - idFrom);
    int bodyMore = idFrom < bodyFrom ? more : 0;
    return new Message(
        JsonSlices.spliced(utf8, 0, idFrom, json, idTo, utf8.length),
        kind,
        id,
        idFrom,
        idFrom + json.length,
        method,
        bodyFrom + bodyMore,
        bodyTo + bodyMore,
        close + more,
        null);
  }

  /**
   * The same message with another body ({@link #body}), or with one where it had none; every other
   * byte stays.
   *
   * @param body a valid value, which is not checked again
   */
  public Message withBody(Json body) {
    byte[] json = body.utf8();
    if (bodyFrom >= 0) {
      byte[] changed = JsonSlices.spliced(utf8, 0, bodyFrom, json, bodyTo, utf8.length);
      return withBody(changed, bodyFrom, json.length);
    }
    byte[] added = JsonSlices.added(true, "params", body);
    byte[] changed = JsonSlices.spliced(utf8, 0, close, added, close, utf8.length);
    return withBody(changed, close + added.length - json.length, json.length);
  }

  /**
   * The same message with one member of its body replaced, or added at its end.
   *
   * @param value a valid value, which is not checked again
   * @throws IllegalStateException if its body is no object
   */
  public Message withMember(String name, Json value) {
    if (!hasBody()) {
      return withBody(JsonSlices.with(Json.EMPTY_OBJECT, name, value));
    }
    if (!isBodyAnObject()) {
      throw new IllegalStateException("its body is no object");
    }
    byte[] body = JsonSlices.with(utf8, bodyFrom, bodyTo, members(), name, value);
    return withBody(Json.utf8(body));
  }

  /** Where the body of this now stands in bytes that differ in nothing else. */
  private Message withBody(byte[] changed, int from, int length) {
    int more = changed.length - utf8.length;
    int idMore = idFrom > from ? more : 0;
    return new Message(
        changed,
        kind,
        id,
        idFrom + idMore,
        idTo + idMore,
        method,
        from,
        from + length,
        close + more,
        null);
  }

  private boolean hasBody() {
    boolean isNull = bodyFrom >= 0 && utf8[bodyFrom] == 'n';
    return bodyFrom >= 0 && !(isNull && !method.isEmpty());
  }

  private boolean isBodyAnObject() {
    return bodyFrom >= 0 && utf8[bodyFrom] == '{';
  }

  private Members members() {
    Members found = members;
    if (found == null) {
      found = Members.of(utf8, bodyFrom, bodyTo);
      members = found;
    }
    return found;
  }

  /** A request of our own. */
  public static Message request(MessageId id, String method, Json params) {
    return own(Kind.REQUEST, id, method, "params", params);
  }

  /** A notification of our own. */
  public static Message notification(String method, Json params) {
    return own(Kind.NOTIFICATION, null, method, "params", params);
  }

  /** An answer of our own. */
  public static Message result(MessageId id, Json result) {
    return own(Kind.RESULT, id, "", "result", result);
  }

  /**
   * An error of our own.
   *
   * @param id null where the request's could not be read
   * @param data more about it; null for nothing
   */
  public static Message error(
      @Nullable MessageId id, int code, String message, @Nullable Json data) {
    byte[] error =
        JsonWriter.bytes(
            json -> {
              json.beginObject().field("code", code).field("message", message);
              if (data != null) {
                json.field("data", data);
              }
              json.endObject();
            });
    return own(Kind.ERROR, id, "", "error", Json.utf8(error));
  }

  /** A message that has nothing but what JSON-RPC knows. */
  static Message own(
      Kind kind, @Nullable MessageId id, String method, String bodyKey, @Nullable Json body) {
    JsonWriter json = new JsonWriter(128 + (body == null ? 0 : body.utf8().length));
    json.beginObject().field("jsonrpc", "2.0");
    int idFrom = -1;
    int idTo = -1;
    if (kind != Kind.NOTIFICATION) {
      json.name("id");
      idFrom = json.size();
      json.value(id == null ? Json.NULL : Json.text(id.json()));
      idTo = json.size();
    }
    if (!method.isEmpty()) {
      json.field("method", method);
    }
    int bodyFrom = -1;
    int bodyTo = -1;
    if (body != null) {
      json.name(bodyKey);
      bodyFrom = json.size();
      json.value(body);
      bodyTo = json.size();
    }
    int close = json.size();
    byte[] utf8 = json.endObject().toByteArray();
    return new Message(utf8, kind, id, idFrom, idTo, method, bodyFrom, bodyTo, close, null);
  }

  /** Says what it is and how large, never what it holds. */
  @Override
  public String toString() {
    return "Message[" + kind + ", " + utf8.length + " bytes]";
  }
}
