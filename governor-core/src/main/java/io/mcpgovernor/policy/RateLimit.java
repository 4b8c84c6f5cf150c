package io.mcpgovernor.policy;

import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.call.ToolCall;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * At most so many calls in any sliding window, for each user, or each combination of user, tenant,
 * server and tool.
 *
 * <p>Exact: no window of time, wherever it starts, holds more calls than the limit, however many
 * threads call. A call is charged when it is allowed and not given back afterwards. Thread-safe.
 */
public final class RateLimit implements Quota {
  /** What has a limit of its own. */
  public enum By {
    /** Each user. */
    USER,
    /** Each tenant. */
    TENANT,
    /** Each server. */
    SERVER,
    /** Each tool of each server. */
    TOOL
  }

  /** Users (or combinations) a limit can count at the same time; beyond, new ones are refused. */
  public static final int KEYS_MAX = 4_000_000;

  private final DenialCode code;
  private final int callsMax;
  private final Duration window;
  private final Set<By> by;
  private final SlidingWindows windows;
  private final TimeSource time;

  /**
   * A limit.
   *
   * @param callsMax calls in the window, at least 1
   * @param window from a millisecond to a day
   * @param by what is counted apart
   */
  public RateLimit(int callsMax, Duration window, Set<By> by, TimeSource time) {
    this(DenialCode.RATE_LIMIT, callsMax, window, by, time);
  }

  /** A limit whose denials have a code of their own. */
  RateLimit(DenialCode code, int callsMax, Duration window, Set<By> by, TimeSource time) {
    this(code, callsMax, window, by, new SlidingWindows(window, KEYS_MAX, time), time);
  }

  private RateLimit(
      DenialCode code,
      int callsMax,
      Duration window,
      Set<By> by,
      SlidingWindows windows,
      TimeSource time) {
    if (callsMax < 1) {
      throw new IllegalArgumentException("a limit must be at least 1");
    }
    this.code = code;
    this.callsMax = callsMax;
    this.window = window;
    this.by = Set.copyOf(by);
    this.windows = windows;
    this.time = time;
  }

  /** Whether another limit counts the same, so that one can go on where the other ends. */
  public boolean countsLike(RateLimit other) {
    return code.equals(other.code) && window.equals(other.window) && by.equals(other.by);
  }

  /** A limit of so many calls that goes on with the windows of this one. */
  public RateLimit with(int callsMax) {
    return new RateLimit(code, callsMax, window, by, windows, time);
  }

  /** How many calls are in the window of a call, itself not counted. */
  public int count(ToolCall call) {
    return windows.usage(key(call), callsMax).count();
  }

  @Override
  public Decision peek(ToolCall call) {
    SlidingWindows.Usage usage = windows.usage(key(call), callsMax);
    return usage.isFull()
        ? deny(usage)
        : Decision.allow(Map.of("call_count", usage.count(), "limit", callsMax));
  }

  @Override
  public Acquired acquire(ToolCall call) {
    String key = key(call);
    long moment = windows.tryAdd(key, callsMax);
    if (moment != SlidingWindows.REFUSED) {
      return Permit.of(() -> {}, () -> windows.remove(key, moment));
    }
    return deny(windows.usage(key, callsMax));
  }

  /** The code of its denials. */
  public DenialCode code() {
    return code;
  }

  /** How long a call counts. */
  public Duration window() {
    return window;
  }

  /**
   * Counts a call that was charged before this process began, unless it has left the window. Of
   * more calls than the limit the newest count.
   *
   * @param principal its {@linkplain io.mcpgovernor.call.Principal#key() key}
   * @param tenant the tenant the call worked for, or null
   * @param at when it was put on record; a moment to come counts as now
   */
  public void restore(
      String principal, @Nullable String tenant, String server, String tool, Instant at) {
    windows.restore(
        key(principal, tenant, server, tool), callsMax, Duration.between(at, time.now()));
  }

  private Decision.Deny deny(SlidingWindows.Usage usage) {
    if (usage.isFull() && usage.count() == 0) {
      return Decision.deny(
          code,
          "More users are active than this server can count, so no new ones are let in.",
          "Try again in a few minutes; an administrator can add servers.");
    }
    Duration wait = usage.freesIn();
    String freeAt = time.now().plus(wait).plusSeconds(1).truncatedTo(ChronoUnit.SECONDS).toString();
    return new Decision.Deny(
        code,
        "Rate limit exceeded: " + callsMax + " calls within " + text(window) + " are allowed.",
        List.of(
            "Wait until " + freeAt + ", when the next call becomes free.",
            "Ask an administrator for a higher limit if this happens in normal work."),
        wait,
        Map.of("call_count", usage.count(), "limit", callsMax));
  }

  private String key(ToolCall call) {
    return key(call.principal().key(), call.tenant(), call.tool().server(), call.tool().name());
  }

  private String key(String principal, @Nullable String tenant, String server, String tool) {
    if (by.size() == 1 && by.contains(By.USER)) {
      return principal;
    }
    StringBuilder key = new StringBuilder();
    if (by.contains(By.USER)) {
      append(key, principal);
    }
    if (by.contains(By.TENANT)) {
      append(key, tenant == null ? "" : tenant);
    }
    if (by.contains(By.SERVER) || by.contains(By.TOOL)) {
      append(key, server);
    }
    if (by.contains(By.TOOL)) {
      append(key, tool);
    }
    return key.toString();
  }

  private static void append(StringBuilder key, String part) {
    key.append(part.length()).append(':').append(part);
  }

  private static String text(Duration window) {
    if (window.toSecondsPart() == 0 && window.toMinutesPart() == 0 && window.toHours() > 0) {
      return window.toHours() == 1 ? "one hour" : window.toHours() + " hours";
    }
    if (window.toSecondsPart() == 0 && window.toMinutes() > 0) {
      return window.toMinutes() == 1 ? "one minute" : window.toMinutes() + " minutes";
    }
    return window.toMillis() / 1000.0 + " seconds";
  }
}
