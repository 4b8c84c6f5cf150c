package io.mcpgovernor.cli.leaktest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The places of MCP answers in which text can stand. Each is asked for by one request. */
enum Carrier {
  TEXT(text -> result(content(textBlock(text)))),
  SECOND_TEXT(
      text -> result(content(textBlock("All is well."), textBlock(text), textBlock("Goodbye.")))),
  JSON_IN_TEXT(text -> result(content(textBlock(WireJson.write(customer(text)))))),
  JSON_IN_JSON_IN_TEXT(
      text ->
          result(
              content(
                  textBlock(
                      WireJson.write(
                          object("payload", WireJson.write(customer(text)), "rows", 1)))))),
  STRUCTURED(text -> structured(customer(text))),
  STRUCTURED_ARRAY(
      text -> structured(object("rows", List.of(List.of("a", text), List.of("b", "c"))))),
  STRUCTURED_DEEP(text -> structured(nested(text))),
  /** Under a key that names the kind; numeric kinds only. */
  NUMBER(text -> structured(object("customer", Map.of()))),
  OBJECT_KEY(text -> structured(object("byContact", object(text, 1, "nobody", 2)))),
  RESOURCE_TEXT(
      text ->
          result(
              content(
                  object(
                      "type",
                      "resource",
                      "resource",
                      object("uri", "note://7", "mimeType", "text/plain", "text", text))))),
  BLOB_TEXT(text -> result(content(blob("text/plain", text)))),
  BLOB_JSON(text -> result(content(blob("application/json", WireJson.write(customer(text)))))),
  BLOB_CSV(
      text ->
          result(
              content(blob("text/csv", "row,note\n7,\"" + text.replace("\"", "\"\"") + "\"\n")))),
  BLOB_XML(
      text ->
          result(
              content(blob("application/xml", "<customer><note>" + text + "</note></customer>")))),
  LINK_NAME(text -> result(content(link("name", text)))),
  LINK_TITLE(text -> result(content(link("title", text)))),
  LINK_DESCRIPTION(text -> result(content(link("description", text)))),
  LINK_URI(text -> result(content(link("uri", "note://people/" + Encoding.percent(text))))),
  IMAGE_META(text -> result(content(media("image", "image/png", "_meta", object("note", text))))),
  AUDIO_META(text -> result(content(media("audio", "audio/wav", "_meta", object("note", text))))),
  ANNOTATIONS(
      text ->
          result(
              content(
                  media(
                      "image",
                      "image/png",
                      "annotations",
                      object("priority", 0.5, "lastModified", text))))),
  RESULT_META(
      text -> result(object("content", List.of(textBlock("ok")), "_meta", object("note", text)))),
  UNKNOWN_FIELD(
      text -> result(object("content", List.of(textBlock("ok")), "x-note", object("note", text)))),
  ERROR_TEXT(text -> result(object("content", List.of(textBlock(text)), "isError", true))),
  /** What servers make of an exception in a tool. */
  TOOL_EXCEPTION(
      text ->
          result(
              object(
                  "content",
                  List.of(textBlock("java.lang.IllegalStateException: " + text)),
                  "isError",
                  true))),
  RPC_ERROR_MESSAGE(text -> new Reply(object("code", -32_000, "message", text), true, null)),
  RPC_ERROR_DATA(
      text ->
          new Reply(
              object("code", -32_000, "message", "it failed", "data", object("note", text)),
              true,
              null)),
  PROGRESS(
      text ->
          new Reply(
              content(textBlock("ok")), false, object("progress", 1, "total", 2, "message", text))),
  LOG(
      text ->
          new Reply(
              content(textBlock("ok")),
              false,
              object("level", "info", "logger", "tool", "data", object("note", text)))),
  RESOURCES_READ(
      text ->
          result(
              object(
                  "contents",
                  List.of(object("uri", "note://7", "mimeType", "text/plain", "text", text))))),
  RESOURCES_READ_BLOB(
      text ->
          result(
              object(
                  "contents",
                  List.of(
                      object("uri", "note://7", "mimeType", "text/plain", "blob", base64(text)))))),
  PROMPT(
      text ->
          result(
              object(
                  "description",
                  "a note",
                  "messages",
                  List.of(object("role", "user", "content", textBlock(text)))))),
  COMPLETION(
      text ->
          result(
              object("completion", object("values", List.of(text), "total", 1, "hasMore", false))));

  /** How a carrier is asked for. */
  enum Door {
    TOOL,
    RESOURCE,
    PROMPT,
    COMPLETION
  }

  private static final int DEEP = 40;

  // What a lambda above makes has no state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Function<String, Reply> reply;

  Carrier(Function<String, Reply> reply) {
    this.reply = reply;
  }

  /** The answer with this text at its place. */
  Reply reply(String text) {
    return reply.apply(text);
  }

  /** The answer whose place is a number under a telling key, or what stands for it. */
  static Reply number(Canary canary, Object value) {
    return structured(object("customer", object(canary.kind().name(), value, "rows", 1)));
  }

  Door door() {
    return switch (this) {
      case RESOURCES_READ, RESOURCES_READ_BLOB -> Door.RESOURCE;
      case PROMPT -> Door.PROMPT;
      case COMPLETION -> Door.COMPLETION;
      default -> Door.TOOL;
    };
  }

  /** Whether the call is meant to fail: how it fails is free, as long as it does. */
  boolean isFailure() {
    return this == TOOL_EXCEPTION || this == RPC_ERROR_MESSAGE || this == RPC_ERROR_DATA;
  }

  /** The method of the notification in which the text stands; null for all others. */
  @Nullable String notification() {
    return switch (this) {
      case PROGRESS -> "notifications/progress";
      case LOG -> "notifications/message";
      default -> null;
    };
  }

  boolean takes(Encoding encoding, Canary canary) {
    return switch (this) {
      case NUMBER -> encoding == Encoding.PLAIN && canary.isNumeric();
      // These have a way of writing of their own.
      case LINK_URI -> encoding == Encoding.PLAIN;
      case BLOB_CSV -> encoding != Encoding.CSV && encoding.takes(canary);
      default -> encoding.takes(canary);
    };
  }

  /** In tables and on the wire. */
  String shown() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** An object, from names and values in turn. */
  static Map<String, @Nullable Object> object(Object... members) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      object.put((String) members[i], members[i + 1]);
    }
    return object;
  }

  private static Reply result(Map<String, @Nullable Object> result) {
    return Reply.result(result);
  }

  private static Map<String, @Nullable Object> content(Object... blocks) {
    return object("content", List.of(blocks));
  }

  private static Reply structured(Map<String, @Nullable Object> value) {
    return result(object("content", List.of(textBlock("ok")), "structuredContent", value));
  }

  private static Map<String, @Nullable Object> textBlock(String text) {
    return object("type", "text", "text", text);
  }

  private static Map<String, @Nullable Object> customer(String text) {
    return object("customer", object("contact", object("note", text)), "rows", 1);
  }

  private static Map<String, @Nullable Object> nested(String text) {
    UnaryOperator<Map<String, @Nullable Object>> deeper = inner -> object("level", inner);
    Map<String, @Nullable Object> value = object("note", text);
    for (int i = 0; i < DEEP; i++) {
      value = deeper.apply(value);
    }
    return value;
  }

  private static Map<String, @Nullable Object> blob(String type, String text) {
    return object(
        "type",
        "resource",
        "resource",
        object("uri", "note://7", "mimeType", type, "blob", base64(text)));
  }

  /** Base64 of what the text is in the end: within base64 there is no JSON to write escapes in. */
  private static String base64(String text) {
    String plain =
        text.replace(String.valueOf(WireJson.ESCAPED), "")
            .replace(String.valueOf(WireJson.ESCAPED_END), "");
    return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, @Nullable Object> link(String field, String text) {
    Map<String, @Nullable Object> link =
        object(
            "type", "resource_link", "uri", "note://7", "name", "note", "mimeType", "text/plain");
    link.put(field, text);
    return link;
  }

  private static Map<String, @Nullable Object> media(
      String type, String mimeType, String field, Object value) {
    return object("type", type, "data", "iVBORw0KGgo=", "mimeType", mimeType, field, value);
  }
}
