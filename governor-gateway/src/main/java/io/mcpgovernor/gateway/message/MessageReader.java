package io.mcpgovernor.gateway.message;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import org.jspecify.annotations.Nullable;

/** Reads one message, in one pass over its bytes. */
final class MessageReader {
  private static final int METHOD_CHARS_MAX = 256;

  /** Ids are kept while a request runs. Those in use are numbers and UUIDs. */
  private static final int ID_CHARS_MAX = 1_024;

  /** Digits and sign of any number of 64 bits. */
  private static final int NUMBER_CHARS_MAX = 20;

  private final byte[] text;
  private final boolean strict;
  private final JsonBytes json;
  private final Members members = new Members();

  private @Nullable MessageId id;
  private int idFrom = -1;
  private int idTo = -1;
  private boolean isIdCertain = true;
  private boolean hasMimics;
  private boolean hasMore;
  private boolean hasNullId;
  private boolean hasVersion;
  private @Nullable String method;
  private @Nullable String body;
  private int bodyFrom = -1;
  private int bodyTo = -1;

  private MessageReader(byte[] text, int depthMax, boolean strict) {
    this.text = text;
    this.strict = strict;
    this.json = new JsonBytes(text, 0, text.length, depthMax, strict);
  }

  /**
   * Reads it.
   *
   * @param strict whether a client sent it
   */
  static Message read(byte[] text, MessageBounds bounds, boolean strict)
      throws MalformedMessageException {
    if (text.length > bounds.bytesMax()) {
      throw invalid(null, "The message is larger than " + bounds.bytesMax() + " bytes.");
    }
    MessageReader reader = new MessageReader(text, bounds.depthMax(), strict);
    try {
      return reader.message();
    } catch (MalformedJsonException e) {
      String reason = "The message " + e.getMessage() + ".";
      throw reader.json.isTooDeep() ? invalid(null, reason) : notJson(reason);
    }
  }

  private Message message() throws MalformedMessageException {
    if (text.length >= 3 && text[0] == (byte) 0xef && text[1] == (byte) 0xbb) {
      throw notJson("The message begins with a byte order mark, which JSON may not.");
    }
    switch (json.peek()) {
      case '{' -> {
        // as it should be
      }
      case '[' -> throw invalid(null, "Batches are not taken: send each message on its own.");
      default -> {
        if (json.at() == text.length) {
          throw notJson("There is no message.");
        }
        json.value(0);
        json.finish();
        throw invalid(null, "A message must be a JSON object.");
      }
    }
    json.open('{', 0);
    int opened = json.openKeys();
    for (boolean first = true; !json.closes('}', first); first = false) {
      json.key();
      member();
    }
    json.closeKeys(opened);
    int end = json.at() - 1;
    json.finish();
    return checked(end);
  }

  private void member() {
    String key = known(KnownKeys.ENVELOPE);
    isIdCertain &= !hasMimics;
    byte sign = json.peek();
    int from = json.at();
    switch (key) {
      case "params", "result", "error" -> {
        body(key, sign);
        return;
      }
      default -> json.value(1);
    }
    switch (key) {
      case "jsonrpc" -> version(sign);
      case "id" -> id(sign, from);
      case "method" -> method(sign);
      default -> hasMore = true;
    }
  }

  /** The key that was read last, if it is one of these; else empty. */
  private String known(KnownKeys known) {
    String key = known.find(text, json.from(), json.to());
    if (!key.isEmpty() || json.to() - json.from() > KnownKeys.WRITTEN_MAX) {
      return key;
    }
    String said = json.said();
    if (json.isEscaped() && known.contains(said)) {
      return said;
    }
    if (known.isMimicked(said)) {
      hasMimics = true;
      json.defect("It has a key that is a known one but for upper and lower case.");
    }
    return "";
  }

  private void version(byte sign) {
    hasVersion = true;
    if (sign != '"' || !json.said().equals("2.0")) {
      json.defect("Its \"jsonrpc\" must be \"2.0\".");
    }
  }

  private void id(byte sign, int from) {
    isIdCertain &= idFrom < 0;
    idFrom = from;
    idTo = json.at();
    if (sign == '"') {
      textId();
    } else if (sign == '-' || (sign >= '0' && sign <= '9')) {
      numberId();
    } else if (sign == 'n') {
      hasNullId = true;
      if (strict) {
        json.defect("Its \"id\" must not be null.");
      }
    } else {
      json.defect("Its \"id\" must be a string or an integer.");
    }
  }

  private void textId() {
    if (json.to() - json.from() > 6 * ID_CHARS_MAX) {
      json.defect("Its \"id\" is longer than " + ID_CHARS_MAX + " characters.");
      return;
    }
    String said = json.said();
    if (said.length() > ID_CHARS_MAX) {
      json.defect("Its \"id\" is longer than " + ID_CHARS_MAX + " characters.");
    } else if (JsonText.hasHalfCharacter(said)) {
      json.defect("Its \"id\" has half of a surrogate pair.");
    } else {
      id = MessageId.of(said);
    }
  }

  private void numberId() {
    if (idTo - idFrom > NUMBER_CHARS_MAX) {
      json.defect("Its \"id\" is a number of more than " + NUMBER_CHARS_MAX + " characters.");
      return;
    }
    String number = new String(text, idFrom, idTo - idFrom, US_ASCII);
    if (strict && number.chars().anyMatch(c -> ".eE".indexOf(c) >= 0)) {
      json.defect("Its \"id\" must be a string or an integer, without fraction and exponent.");
      return;
    }
    id = MessageId.ofNumber(number);
  }

  private void method(byte sign) {
    if (sign != '"') {
      json.defect("Its \"method\" must be a string.");
      return;
    }
    String said = json.to() - json.from() > 6 * METHOD_CHARS_MAX ? "" : json.said();
    if (said.isEmpty() || said.length() > METHOD_CHARS_MAX) {
      json.defect("Its \"method\" must be 1 to " + METHOD_CHARS_MAX + " characters long.");
    } else if (JsonText.hasHalfCharacter(said)) {
      json.defect("Its \"method\" has half of a surrogate pair.");
    } else {
      method = said;
    }
  }

  private void body(String key, byte sign) {
    if (body != null && !body.equals(key)) {
      json.defect("It has both \"" + body + "\" and \"" + key + "\".");
    }
    body = key;
    bodyFrom = json.at();
    members.clear();
    boolean isParams = key.equals("params");
    if (sign == '{') {
      object(isParams ? KnownKeys.PARAMS : null);
    } else {
      json.value(1);
      if (isParams && sign == '[') {
        json.defect("Its \"params\" must be an object; MCP has no parameters by position.");
      } else if ((isParams && (strict || sign != 'n')) || key.equals("error")) {
        json.defect("Its \"" + key + "\" must be an object.");
      }
    }
    bodyTo = json.at();
  }

  private void object(@Nullable KnownKeys known) {
    json.open('{', 1);
    int opened = json.openKeys();
    for (boolean first = true; !json.closes('}', first); first = false) {
      members.key(json);
      String key = known == null ? "" : known(known);
      byte sign = json.peek();
      int from = json.at();
      if (sign == '{' && key.equals("_meta")) {
        meta();
      } else {
        json.value(2);
      }
      members.value(from, json.at());
    }
    json.closeKeys(opened);
  }

  private void meta() {
    json.open('{', 2);
    int opened = json.openKeys();
    for (boolean first = true; !json.closes('}', first); first = false) {
      json.key();
      known(KnownKeys.META);
      json.value(3);
    }
    if (strict) {
      json.closeKeys(opened);
    } else {
      json.dropKeys(opened);
    }
  }

  private Message checked(int end) throws MalformedMessageException {
    if (!hasVersion) {
      json.defect("It has no \"jsonrpc\": \"2.0\".");
    }
    boolean answers = body != null && !body.equals("params");
    if (method != null && answers) {
      json.defect("It is a request and an answer at once.");
    }
    if (method == null && !answers) {
      json.defect("It has neither \"method\" nor \"result\" nor \"error\".");
    }
    boolean failed = answers && "error".equals(body);
    if (hasNullId && !failed) {
      json.defect("Its \"id\" must not be null.");
    }
    if (answers && !failed && idFrom < 0) {
      json.defect("It has no \"id\".");
    }
    String defect = json.defect();
    if (defect != null) {
      throw invalid(isIdCertain ? id : null, "The message is not valid. " + defect);
    }
    Message.Kind kind =
        !answers
            ? id == null ? Message.Kind.NOTIFICATION : Message.Kind.REQUEST
            : failed ? Message.Kind.ERROR : Message.Kind.RESULT;
    String said = method == null ? "" : method;
    if (hasMore && !strict) {
      Json known = body == null ? null : JsonSlices.slice(text, bodyFrom, bodyTo);
      return Message.own(kind, id, said, body == null ? "" : body, known);
    }
    return new Message(text, kind, id, idFrom, idTo, said, bodyFrom, bodyTo, end, members);
  }

  private static MalformedMessageException invalid(@Nullable MessageId id, String reason) {
    return new MalformedMessageException(MalformedMessageException.INVALID_REQUEST, id, reason);
  }

  private static MalformedMessageException notJson(String reason) {
    return new MalformedMessageException(MalformedMessageException.PARSE_ERROR, null, reason);
  }
}
