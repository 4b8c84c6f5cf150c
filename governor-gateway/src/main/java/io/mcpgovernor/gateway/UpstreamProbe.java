package io.mcpgovernor.gateway;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.config.file.ServerConfig;
import io.mcpgovernor.gateway.http.ByteBudget;
import io.mcpgovernor.gateway.http.EventLoops;
import io.mcpgovernor.gateway.message.JsonSlices;
import io.mcpgovernor.gateway.message.MalformedMessageException;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.Message.Kind;
import io.mcpgovernor.gateway.message.MessageId;
import io.mcpgovernor.gateway.message.SseEvent;
import io.mcpgovernor.gateway.relay.Caller;
import io.mcpgovernor.gateway.relay.Headers;
import io.mcpgovernor.gateway.relay.Upstream;
import io.mcpgovernor.gateway.relay.UpstreamException;
import io.mcpgovernor.gateway.relay.UpstreamException.Reached;
import io.mcpgovernor.gateway.relay.UpstreamReply;
import io.mcpgovernor.gateway.relay.UpstreamRequest;
import io.mcpgovernor.gateway.relay.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One look at a server of a configuration, as the gateway reaches it: is it there, and which tools
 * does it list? A server that is a process is started for it and ended after it. Used by one
 * thread.
 */
public final class UpstreamProbe implements AutoCloseable {
  /** Whoever looks does not wait long for a process that has nothing to do. */
  private static final Duration GOODBYE = Duration.ofMillis(300);

  private static final int PAGES_MAX = 100;
  private static final long ANSWERS_BYTES = 64L << 20;
  private static final String LEGACY = "2025-11-25";
  private static final String STATELESS = "2026-07-28";
  private static final String META_PREFIX = "io.modelcontextprotocol/";
  private static final Map<String, String> ABOUT_US =
      Map.of("name", "mcp-governor-doctor", "version", "1");
  private static final Caller CALLER =
      new Caller(
          new Principal(Principal.LOCAL, "doctor", Set.of(), Set.of(), Principal.Source.VERIFIED),
          "");

  /**
   * What a server says.
   *
   * @param tools the definitions of its tools
   * @param at when it answered, by its own clock, to the second; null if it does not say
   */
  public record Found(List<Json> tools, @Nullable Instant at) {}

  private final ConfigFile file;
  private final EventLoops loops;
  private final Upstream upstream;
  private final long deadlineNanos;
  private Headers headers = Headers.NONE;
  private @Nullable Instant at;
  private int asked;

  /**
   * A look at a server of a file.
   *
   * @param patience how long all of it may take; a thread that is interrupted ends it as well
   * @param stderr takes each line that a server's process logs
   */
  public UpstreamProbe(ConfigFile file, String server, Duration patience, Consumer<String> stderr) {
    ServerConfig config = file.config().servers().get(server);
    if (config == null) {
      throw new IllegalArgumentException("the file has no such server");
    }
    this.file = file;
    loops = EventLoops.start(1);
    upstream =
        new Upstreams(file, loops, new ByteBudget(ANSWERS_BYTES), stderr, GOODBYE)
            .of(server, config);
    deadlineNanos = System.nanoTime() + patience.toNanos();
  }

  /**
   * Asks it.
   *
   * @throws UpstreamException if it cannot be reached, or does not answer as a server of MCP does
   */
  public Found look() throws UpstreamException, InterruptedException {
    Message opened =
        ask(
            "initialize",
            Map.of("protocolVersion", LEGACY, "capabilities", Map.of(), "clientInfo", ABOUT_US));
    if (opened == null || opened.kind() == Kind.ERROR) {
      headers = Headers.NONE.with(Headers.PROTOCOL, STATELESS).with(Headers.METHOD, "tools/list");
      return new Found(
          tools(
              Map.of(
                  "_meta",
                  Map.of(
                      META_PREFIX + "protocolVersion",
                      STATELESS,
                      META_PREFIX + "clientCapabilities",
                      Map.of(),
                      META_PREFIX + "clientInfo",
                      ABOUT_US))),
          at);
    }
    String revision = opened.text("protocolVersion");
    headers = headers.with(Headers.PROTOCOL, revision == null ? LEGACY : revision);
    say(Verb.POST, Message.notification("notifications/initialized", Json.EMPTY_OBJECT));
    Json capabilities = opened.member("capabilities");
    boolean hasTools = capabilities != null && capabilities.object().containsKey("tools");
    Found found = new Found(hasTools ? tools(Map.of()) : List.of(), at);
    if (headers.get(Headers.SESSION) != null) {
      say(Verb.DELETE, null);
    }
    return found;
  }

  private List<Json> tools(Map<String, ?> params) throws UpstreamException, InterruptedException {
    List<Json> tools = new ArrayList<>();
    String cursor = null;
    for (int page = 0; page < PAGES_MAX; page++) {
      Map<String, Object> more = new LinkedHashMap<>(params);
      if (cursor != null) {
        more.put("cursor", cursor);
      }
      Message answer = ask("tools/list", more);
      Json listed = answer == null ? null : answer.member("tools");
      if (answer == null || answer.kind() == Kind.ERROR || listed == null) {
        throw silent();
      }
      try {
        tools.addAll(JsonSlices.items(listed));
      } catch (MalformedJsonException e) {
        throw silent();
      }
      cursor = answer.text("nextCursor");
      if (cursor == null) {
        return tools;
      }
    }
    throw silent();
  }

  /** The answer to a request; null if there is none that can be read. */
  private @Nullable Message ask(String method, Map<String, ?> params)
      throws UpstreamException, InterruptedException {
    MessageId id = MessageId.of("governor-doctor-" + ++asked);
    Message request = Message.request(id, method, Json.of(params));
    try (UpstreamReply reply = upstream.send(request(Verb.POST, request))) {
      String session = reply.headers().get(Headers.SESSION);
      if (session != null) {
        headers = headers.with(Headers.SESSION, session);
      }
      at = HttpDate.read(reply.date());
      for (SseEvent event = reply.next(); event != null; event = reply.next()) {
        Message message = event.data().length == 0 ? null : read(event);
        if (message != null && (message.kind() == Kind.RESULT || message.kind() == Kind.ERROR)) {
          return message;
        }
      }
      return null;
    }
  }

  private @Nullable Message read(SseEvent event) {
    try {
      return Message.ofServer(event.data(), RelayBounds.of(file.config()).server());
    } catch (MalformedMessageException e) {
      return null;
    }
  }

  private void say(Verb verb, @Nullable Message message)
      throws UpstreamException, InterruptedException {
    upstream.send(request(verb, message)).close();
  }

  private UpstreamRequest request(Verb verb, @Nullable Message message) {
    long left = Math.max(1, deadlineNanos - System.nanoTime());
    return new UpstreamRequest(verb, headers, message, CALLER, Duration.ofNanos(left));
  }

  private static UpstreamException silent() {
    return new UpstreamException(
        Reached.UNKNOWN,
        "The server does not say which tools it has.",
        "See whether a client can use it directly; the gateway needs its list.",
        null);
  }

  /** Ends the connections, and the process if there is one. */
  @Override
  public void close() {
    upstream.close();
    loops.close();
  }
}
