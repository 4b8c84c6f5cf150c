package io.mcpgovernor.policy;

import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.policy.KeyedHash.Hash128;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * For each of millions of keys, the exact moments of its events within the last window.
 *
 * <p>An exact log, because counters by fixed window or bucket let nearly twice the limit through.
 * It costs four bytes an event and at most 110 a key: keys are 128-bit hashes in open-addressed
 * tables, moments are {@code int} milliseconds in a ring that grows by a few slots at a time.
 *
 * <p>A moment is kept for longer than the window by up to a millisecond (its resolution), so that
 * no window of real time ever holds more than the limit. Only empty windows are evicted; when the
 * table is full, new keys are refused and old ones never forgotten. Thread-safe.
 */
final class SlidingWindows {
  private static final int STRIPES = 64;

  /** What {@link #tryAdd} answers where there is no room. */
  static final long REFUSED = -1;

  private final KeyedHash keyedHash = new KeyedHash();
  private final WindowTable[] stripes = new WindowTable[STRIPES];
  private final AtomicInteger keyCount = new AtomicInteger();
  private final TimeSource time;
  private final long originNanos;
  private final int keysMax;
  private final int windowMillis;

  /**
   * @param window from a millisecond to a day
   * @param keysMax keys with at least one event in the window
   */
  SlidingWindows(Duration window, int keysMax, TimeSource time) {
    if (keysMax < 1) {
      throw new IllegalArgumentException("a limit must be at least 1");
    }
    if (window.toMillis() < 1 || window.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("a window must last from a millisecond to a day");
    }
    this.windowMillis = (int) window.plusNanos(999_999).toMillis(); // rounded up: never too short
    this.keysMax = keysMax;
    this.time = time;
    this.originNanos = time.nanos();
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new WindowTable(windowMillis, keysMax, keyCount);
    }
  }

  /**
   * How much of its window a key has used.
   *
   * @param count events within the window
   * @param isFull whether another event would be refused
   * @param freesIn how long until there is room for another; zero where there is
   */
  record Usage(int count, boolean isFull, Duration freesIn) {}

  /**
   * Looks at a key without adding to it.
   *
   * @param eventsMax events a key may have in the window
   */
  Usage usage(String key, int eventsMax) {
    makeRoom();
    Hash128 hash = keyedHash.hash(key);
    WindowTable stripe = stripe(hash);
    synchronized (stripe) {
      stripe.advance(nowMillis());
      int count = stripe.count(hash);
      boolean isFull = count >= eventsMax || stripe.isFullFor(hash);
      return new Usage(
          count,
          isFull,
          isFull ? Duration.ofMillis(stripe.freesInMillis(hash, eventsMax)) : Duration.ZERO);
    }
  }

  /**
   * Adds an event to a key unless its window is full, or the key is new and the table full.
   *
   * @param eventsMax events a key may have in the window
   * @return the event's moment, by which it can be taken back, or {@link #REFUSED}
   */
  long tryAdd(String key, int eventsMax) {
    makeRoom();
    Hash128 hash = keyedHash.hash(key);
    WindowTable stripe = stripe(hash);
    synchronized (stripe) {
      long now = nowMillis();
      stripe.advance(now);
      return stripe.tryAdd(hash, eventsMax) ? now : REFUSED;
    }
  }

  /**
   * Adds an event that happened before, unless it has left the window. Of more events than a key
   * may have, the newest stay.
   *
   * @param eventsMax events a key may have in the window
   * @param age how long ago it was; less than nothing counts as now
   */
  void restore(String key, int eventsMax, Duration age) {
    if (age.compareTo(Duration.ofMillis(windowMillis)) > 0) {
      return;
    }
    // Cut off, so that the event is at most a millisecond younger than it was, and never older.
    int ageMillis = age.isNegative() ? 0 : (int) age.toMillis();
    Hash128 hash = keyedHash.hash(key);
    WindowTable stripe = stripe(hash);
    synchronized (stripe) {
      long now = nowMillis();
      stripe.advance(now);
      stripe.restore(hash, (int) now - ageMillis, eventsMax);
    }
  }

  /** Takes an event of a key back, unless it has left the window. */
  void remove(String key, long moment) {
    Hash128 hash = keyedHash.hash(key);
    WindowTable stripe = stripe(hash);
    synchronized (stripe) {
      long now = nowMillis();
      stripe.advance(now);
      if (now - moment <= windowMillis) {
        stripe.remove(hash, (int) moment);
      }
    }
  }

  /**
   * In a full table, evicts some empty windows everywhere: only use evicts, and some are not used.
   */
  private void makeRoom() {
    if (keyCount.get() < keysMax) {
      return;
    }
    for (WindowTable stripe : stripes) {
      synchronized (stripe) {
        stripe.advance(nowMillis());
      }
    }
  }

  /** How many keys have events, some of which may have just left the window. */
  int keyCount() {
    return keyCount.get();
  }

  private long nowMillis() {
    return (time.nanos() - originNanos) / 1_000_000;
  }

  private WindowTable stripe(Hash128 hash) {
    return stripes[(int) (hash.high() >>> 58)];
  }
}
