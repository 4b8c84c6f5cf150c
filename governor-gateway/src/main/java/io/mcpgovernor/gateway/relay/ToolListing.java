package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.gateway.catalogue.Catalogue;
import io.mcpgovernor.gateway.message.JsonSlices;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.Message.Kind;
import io.mcpgovernor.gateway.message.MessageId;
import io.mcpgovernor.gateway.relay.UpstreamException.Reached;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a server for all its tools, on behalf of whoever calls one that the catalogue does not know:
 * a client may call without having listed. One asks at a time, and after it nobody for a second, so
 * that invented names do not become a flood of lists. Thread-safe.
 */
final class ToolListing {
  private static final Logger LOG = LoggerFactory.getLogger(ToolListing.class);
  private static final long PAUSE_NANOS = 1_000_000_000L;

  /** A server that says its list is good for less is asked this often all the same. */
  private static final long LIFE_MIN_MILLIS = 10_000;

  private static final long LIFE_MAX_MILLIS = 86_400_000;
  private static final int PAGES_MAX = 1_000;
  private static final String META_PREFIX = "io.modelcontextprotocol/";

  private final Catalogue catalogue;
  private final Upstream upstream;
  private final RelayOptions options;
  private final ReentrantLock asking = new ReentrantLock();
  private final AtomicLong ids = new AtomicLong();
  private volatile boolean outdated = true;
  private volatile @Nullable UpstreamException failure;
  private volatile long askedAtNanos = System.nanoTime() - PAUSE_NANOS;
  private volatile long lifeMillis = LIFE_MAX_MILLIS;

  ToolListing(Catalogue catalogue, Upstream upstream, RelayOptions options) {
    this.catalogue = catalogue;
    this.upstream = upstream;
    this.options = options;
  }

  /** The server says that its tools changed: the next call asks which they are. */
  void isOutdated() {
    outdated = true;
  }

  /**
   * Makes the catalogue know a tool, if the server has it.
   *
   * @return why nobody knows whether it has; null if it is known to have it or not
   */
  @Nullable UpstreamException lookFor(String tool, Incoming call) throws InterruptedException {
    if (isFresh() && catalogue.knows(tool)) {
      return null;
    }
    asking.lockInterruptibly();
    try {
      boolean askedJustNow = System.nanoTime() - askedAtNanos < PAUSE_NANOS;
      if (isFresh() ? askedJustNow || catalogue.knows(tool) : askedJustNow && failure != null) {
        return catalogue.knows(tool) ? null : failure;
      }
      outdated = false; // before asking: what changes meanwhile is asked for again
      catalogue.admitAll(all(call));
      failure = null;
      return null;
    } catch (UpstreamException e) {
      return failed(tool, e);
    } catch (IOException | MalformedJsonException e) {
      return failed(tool, unlisted());
    } finally {
      askedAtNanos = System.nanoTime();
      asking.unlock();
    }
  }

  private @Nullable UpstreamException failed(String tool, UpstreamException e) {
    outdated = true;
    failure = e;
    LOG.warn("The tools of server {} could not be listed: {}", catalogue.server(), e.reason());
    return catalogue.knows(tool) ? null : e;
  }

  private static UpstreamException unlisted() {
    return new UpstreamException(
        Reached.NO,
        "The server does not say which tools it has.",
        "Try again; tell an administrator if it stays like this.",
        null);
  }

  private boolean isFresh() {
    return !outdated && System.nanoTime() - askedAtNanos < lifeMillis * 1_000_000L;
  }

  private List<Json> all(Incoming call)
      throws UpstreamException, IOException, InterruptedException {
    List<Json> tools = new ArrayList<>();
    long life = LIFE_MAX_MILLIS;
    String cursor = null;
    for (int page = 0; page < PAGES_MAX; page++) {
      Message answer = page(call, cursor);
      Json listed = answer.member("tools");
      if (answer.kind() == Kind.ERROR || listed == null) {
        throw unlisted();
      }
      tools.addAll(JsonSlices.items(listed));
      Json ttl = answer.member("ttlMs");
      if (ttl != null && ttl.tree() instanceof Number millis) {
        life = Math.min(life, Math.max(LIFE_MIN_MILLIS, millis.longValue()));
      }
      cursor = answer.text("nextCursor");
      if (cursor == null) {
        lifeMillis = life;
        return tools;
      }
    }
    throw unlisted();
  }

  private Message page(Incoming call, @Nullable String cursor)
      throws UpstreamException, IOException, InterruptedException {
    MessageId id = MessageId.of("governor-" + ids.incrementAndGet());
    Map<String, Object> params = new LinkedHashMap<>();
    if (cursor != null) {
      params.put("cursor", cursor);
    }
    if (call.isStateless()) {
      params.put(
          "_meta",
          Map.of(
              META_PREFIX + "protocolVersion",
              call.protocol(),
              META_PREFIX + "clientCapabilities",
              Map.of(),
              META_PREFIX + "clientInfo",
              Map.of("name", "mcp-governor", "version", "1")));
    }
    UpstreamRequest request =
        new UpstreamRequest(
            Verb.POST,
            headers(call),
            Message.request(id, Methods.TOOLS_LIST, Json.of(params)),
            call.caller(),
            options.patience());
    // What else the server says meanwhile would have gone to a client that asked; nobody did.
    try (Conversation conversation =
        new Conversation(upstream::send, options.server(), message -> {})) {
      Answer answer = conversation.ask(request, Onward.NOWHERE, value -> value);
      if (answer == null) {
        throw unlisted();
      }
      return answer.message();
    }
  }

  private static Headers headers(Incoming call) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : List.of(Headers.SESSION, Headers.PROTOCOL)) {
      String value = call.headers().get(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    if (call.isStateless()) {
      headers.put(Headers.METHOD, Methods.TOOLS_LIST);
    }
    return new Headers(headers);
  }
}
