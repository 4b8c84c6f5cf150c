package io.mcpgovernor.gateway.http;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.gateway.relay.ClientExchange;
import io.mcpgovernor.gateway.relay.Headers;
import io.mcpgovernor.gateway.relay.Verb;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is looked at in a request's head before anything of its body is read. Immutable. */
final class RequestCheck {
  /** A request that may go on, or why it may not. */
  sealed interface Outcome {}

  /**
   * It may.
   *
   * @param length of the body; {@link #CHUNKED} if nobody knows
   * @param unread whether the body is not worth reading if there is no room for the request
   */
  record Admitted(Consumer<ClientExchange> endpoint, Verb verb, int length, boolean unread)
      implements Outcome {}

  /**
   * It may not.
   *
   * @param unread whether the rest of the connection cannot be trusted, or is not worth reading
   */
  record Rejected(Refusal refusal, boolean unread) implements Outcome {}

  /** It asks for what everybody may know. */
  record Told(Json body, boolean unread) implements Outcome {}

  static final int CHUNKED = -1;

  /** Bodies nobody wants are read if they are no larger, so that the connection can go on. */
  private static final int DISCARDED_MAX = 65_536;

  private final Map<String, Consumer<ClientExchange>> endpoints = new HashMap<>();
  private final CallingPlace place;
  private final int bodyBytesMax;
  private final @Nullable ProtectedResource resource;
  private final boolean tls;

  RequestCheck(
      Map<String, Consumer<ClientExchange>> byServer,
      CallingPlace place,
      HttpFrontOptions options) {
    byServer.forEach((server, endpoint) -> endpoints.put("/" + server + "/mcp", endpoint));
    this.place = place;
    bodyBytesMax = options.bodyBytesMax;
    resource = options.resource;
    tls = options.tls != null;
  }

  Outcome check(HttpRequest request) {
    Refusal unreadable = unreadable(request);
    if (unreadable != null) {
      return new Rejected(unreadable, true);
    }
    HttpHeaders headers = request.headers();
    boolean chunked = headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
    // The decoder has seen that it is one number.
    String given = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    long length = chunked ? CHUNKED : given == null ? 0 : Long.parseLong(given.strip());
    boolean unread = chunked || length > DISCARDED_MAX || headers.contains(HttpHeaderNames.EXPECT);
    String path = path(request.uri());
    Json metadata = metadata(path, request);
    if (metadata != null) {
      return new Told(metadata, unread);
    }
    Consumer<ClientExchange> endpoint = endpoints.get(path);
    Verb verb = verb(request.method());
    Refusal refusal = refusal(request, endpoint, verb, length);
    if (refusal != null || endpoint == null || verb == null) {
      return new Rejected(
          refusal == null ? Refusal.of(404, "There is nothing here.") : refusal, unread);
    }
    return new Admitted(endpoint, verb, (int) length, unread);
  }

  /** What RFC 9728 wants to be told; null if the request is for anything else, or misplaced. */
  private @Nullable Json metadata(String path, HttpRequest request) {
    String host = request.headers().get(HttpHeaderNames.HOST);
    String of = resource == null ? null : resource.askedFor(path);
    boolean isAsked =
        of != null
            && (of.isEmpty() || endpoints.containsKey(of))
            && (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD))
            && place.check(host, request.headers().getAll(HttpHeaderNames.ORIGIN)) == null;
    return isAsked && resource != null && of != null ? resource.metadata(of, host, tls) : null;
  }

  /** What somebody gets who is not let in. */
  Refusal refusal(Authenticator.Refused refused, HttpRequest request) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (!refused.challenge().isEmpty()) {
      String host = request.headers().get(HttpHeaderNames.HOST);
      headers.put(
          "www-authenticate",
          resource == null
              ? refused.challenge()
              : resource.challenge(refused.challenge(), path(request.uri()), host, tls));
    }
    if (refused.retrySeconds() > 0) {
      headers.put("retry-after", Integer.toString(refused.retrySeconds()));
    }
    return new Refusal(refused.status(), headers, refused.reason());
  }

  /** Whatever two readers could understand differently ends the connection. */
  private static @Nullable Refusal unreadable(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      Throwable cause = request.decoderResult().cause();
      if (cause instanceof TooLongHttpLineException) {
        return Refusal.of(414, "The address of the request is too long.");
      }
      if (cause instanceof TooLongHttpHeaderException) {
        return Refusal.of(431, "The headers of the request are too large.");
      }
      return Refusal.of(400, "The request is not HTTP as RFC 9112 wants it.");
    }
    HttpVersion version = request.protocolVersion();
    boolean current = version.equals(HttpVersion.HTTP_1_1);
    if (!current && !version.equals(HttpVersion.HTTP_1_0)) {
      return Refusal.of(505, "The gateway speaks HTTP/1.1.");
    }
    List<String> encodings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (!encodings.isEmpty()
        && (!current
            || encodings.size() > 1
            || !encodings.getFirst().equalsIgnoreCase("chunked")
            || request.headers().contains(HttpHeaderNames.CONTENT_LENGTH))) {
      return Refusal.of(
          400, "Transfer-Encoding can be chunked, in HTTP/1.1 and without Content-Length.");
    }
    if (request.headers().getAll(HttpHeaderNames.CONTENT_LENGTH).size() > 1) {
      return Refusal.of(400, "A request has one Content-Length at most.");
    }
    int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
    if (hosts > 1 || (hosts == 0 && current)) {
      return Refusal.of(400, "A request has one Host.");
    }
    return null;
  }

  private @Nullable Refusal refusal(
      HttpRequest request,
      @Nullable Consumer<ClientExchange> endpoint,
      @Nullable Verb verb,
      long length) {
    HttpHeaders headers = request.headers();
    Refusal misplaced =
        place.check(headers.get(HttpHeaderNames.HOST), headers.getAll(HttpHeaderNames.ORIGIN));
    if (misplaced != null) {
      return misplaced;
    }
    if (endpoint == null) {
      return Refusal.of(
          404, "There is no server here; addresses end in the name of a server and /mcp.");
    }
    if (verb == null) {
      return new Refusal(
          405, Map.of("allow", "POST, GET, DELETE"), "MCP is spoken with POST, GET and DELETE.");
    }
    Refusal inUnwantedForm = verb == Verb.POST ? form(headers) : listening(headers, verb, length);
    if (inUnwantedForm != null) {
      return inUnwantedForm;
    }
    if (length > bodyBytesMax) {
      return tooLarge();
    }
    String repeated = PassedHeaders.repeated(headers);
    if (repeated != null) {
      return Refusal.of(400, "The header " + repeated + " is there twice.");
    }
    String expected = headers.get(HttpHeaderNames.EXPECT);
    return expected == null || expected.equalsIgnoreCase("100-continue")
        ? null
        : Refusal.of(417, "The gateway knows no other Expect than 100-continue.");
  }

  Refusal tooLarge() {
    return Refusal.of(413, "A message may have at most " + bodyBytesMax + " bytes.");
  }

  private static @Nullable Refusal form(HttpHeaders headers) {
    if (!MediaTypes.is(headers.get(HttpHeaderNames.CONTENT_TYPE), MediaTypes.JSON)) {
      return Refusal.of(415, "Messages are sent with Content-Type application/json.");
    }
    String accept = accept(headers);
    return MediaTypes.accepts(accept, MediaTypes.JSON)
            || MediaTypes.accepts(accept, MediaTypes.EVENTS)
        ? null
        : Refusal.of(
            406, "Accept has to name application/json and text/event-stream, as MCP wants it.");
  }

  private static @Nullable Refusal listening(HttpHeaders headers, Verb verb, long length) {
    if (length != 0) {
      return Refusal.of(400, "A request of this method has no body.");
    }
    return verb == Verb.DELETE || MediaTypes.accepts(accept(headers), MediaTypes.EVENTS)
        ? null
        : Refusal.of(406, "Accept has to name text/event-stream, as MCP wants it.");
  }

  private static @Nullable String accept(HttpHeaders headers) {
    List<String> all = headers.getAll(Headers.ACCEPT);
    return all.size() > 1 ? String.join(",", all) : all.isEmpty() ? null : all.getFirst();
  }

  private static String path(String uri) {
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  private static @Nullable Verb verb(HttpMethod method) {
    if (method.equals(HttpMethod.POST)) {
      return Verb.POST;
    }
    if (method.equals(HttpMethod.GET)) {
      return Verb.GET;
    }
    return method.equals(HttpMethod.DELETE) ? Verb.DELETE : null;
  }
}
