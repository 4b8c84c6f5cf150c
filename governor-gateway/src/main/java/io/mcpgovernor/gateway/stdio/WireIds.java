package io.mcpgovernor.gateway.stdio;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.gateway.message.JsonSlices;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.MessageId;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The places in messages, besides the envelope, that name a request: {@code cancelled}, progress,
 * and subscriptions.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports">MCP:
 *     transports</a>
 */
final class WireIds {
  static final String CANCELLED = "notifications/cancelled";
  static final String PROGRESS = "notifications/progress";
  static final String LISTEN = "subscriptions/listen";

  private static final String REQUEST_ID = "requestId";
  private static final String TOKEN = "progressToken";
  private static final String META = "_meta";
  private static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";

  private WireIds() {}

  /** The request that a cancellation is about; null if it names none. */
  static @Nullable MessageId cancelled(Message cancellation) {
    return id(cancellation.member(REQUEST_ID));
  }

  static Message withCancelled(Message cancellation, MessageId id) {
    return cancellation.withMember(REQUEST_ID, Json.text(id.json()));
  }

  /** The token under which a request wants to hear of its progress; null for none. */
  static @Nullable Json wantedToken(Message request) {
    return inMeta(request, TOKEN);
  }

  static Message withWantedToken(Message request, MessageId token) {
    return withMeta(request, TOKEN, Json.text(token.json()));
  }

  /** The token of a notification of progress; null for none. */
  static @Nullable MessageId token(Message progress) {
    return id(progress.member(TOKEN));
  }

  static Message withToken(Message progress, Json token) {
    return progress.withMember(TOKEN, token);
  }

  /** The listening request that a message belongs to; null for none. */
  static @Nullable MessageId subscription(Message message) {
    return id(inMeta(message, SUBSCRIPTION));
  }

  static Message withSubscription(Message message, MessageId id) {
    return withMeta(message, SUBSCRIPTION, Json.text(id.json()));
  }

  private static @Nullable Json inMeta(Message message, String name) {
    Json meta = message.member(META);
    return meta == null || !isObject(meta) ? null : JsonSlices.members(meta).get(name);
  }

  private static Message withMeta(Message message, String name, Json value) {
    Json meta = message.member(META);
    return message.withMember(
        META, JsonSlices.with(meta == null ? Json.EMPTY_OBJECT : meta, name, value));
  }

  private static boolean isObject(Json value) {
    return value.utf8().length > 0 && value.utf8()[0] == '{';
  }

  /** A member as an id: strings in their shortest form, numbers as they stand. */
  static @Nullable MessageId id(@Nullable Json value) {
    if (value == null || value.utf8().length == 0) {
      return null;
    }
    byte[] text = value.utf8();
    if (text[0] == '"') {
      return MessageId.of(String.valueOf(value.tree()));
    }
    boolean isNumber = text[0] == '-' || (text[0] >= '0' && text[0] <= '9');
    return isNumber ? new MessageId(new String(text, StandardCharsets.US_ASCII)) : null;
  }
}
