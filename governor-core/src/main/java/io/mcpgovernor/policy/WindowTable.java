package io.mcpgovernor.policy;

import io.mcpgovernor.policy.KeyedHash.Hash128;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One stripe of {@link SlidingWindows}: an open-addressed table (linear probing) from 128-bit key
 * to a ring of moments. Guarded by its own monitor, held by the caller.
 *
 * <p>A ring is {@code [head, count, moment...]}. Moments are the low 32 bits of a millisecond
 * clock; differences between them are right as long as they are younger than 24 days, and {@link
 * #advance} lets none be looked at that is older than two: all of them have expired when the table
 * was not used for a whole window, and every slot is swept once a day.
 */
final class WindowTable {
  private static final int HEAD = 0;
  private static final int COUNT = 1;
  private static final int FIRST = 2;
  private static final int GROWTH_SLOTS = 4;
  private static final int SWEEP_SLOTS = 64;
  private static final int TABLE_SLOTS = 8;
  private static final long FULL_SWEEP_MILLIS = 24 * 3_600_000L;
  private static final int NONE = -1;

  private final int windowMillis;
  private final int keysMax;
  private final AtomicInteger keyCount;
  private long[] keys = new long[2 * TABLE_SLOTS];
  private int[] @Nullable [] rings = new int[TABLE_SLOTS][];
  private int used;
  private int sweepCursor;
  private double sweepsDue;
  private long sweptAt;
  private long advancedAt;
  private int now;

  /**
   * @param keyCount keys in all stripes together
   * @param keysMax bound on it
   */
  WindowTable(int windowMillis, int keysMax, AtomicInteger keyCount) {
    this.windowMillis = windowMillis;
    this.keysMax = keysMax;
    this.keyCount = keyCount;
  }

  /** Tells the time, before each use, and evicts a few empty windows on the way. */
  void advance(long nowMillis) {
    long elapsed = nowMillis - advancedAt;
    boolean allExpired = elapsed > windowMillis;
    advancedAt = nowMillis;
    now = (int) nowMillis;
    if (allExpired) {
      if (used > 0) {
        clear();
      }
      sweptAt = nowMillis;
    } else if (nowMillis - sweptAt >= FULL_SWEEP_MILLIS) {
      sweep(rings.length);
      shrink();
      sweptAt = nowMillis;
    } else if (elapsed > 0) {
      // At this pace the whole table is swept once in a window, and hardly any call touches a slot
      // that is not its own: that would be a cache miss or two.
      double due = sweepsDue + (double) elapsed * rings.length / windowMillis;
      int slots = (int) Math.min(due, SWEEP_SLOTS);
      sweepsDue = Math.min(due - slots, rings.length);
      sweep(slots);
    }
  }

  /** Events of a key within the window. */
  int count(Hash128 key) {
    int slot = find(key);
    return slot == NONE ? 0 : ring(slot)[COUNT];
  }

  /**
   * Milliseconds until a key has fewer events than it may have; 0 where it has. There may be more
   * than that when the limit has been lowered.
   */
  int freesInMillis(Hash128 key, int eventsMax) {
    int slot = find(key);
    if (slot == NONE || ring(slot)[COUNT] < eventsMax) {
      return 0;
    }
    int[] ring = ring(slot);
    int last = (ring[HEAD] + ring[COUNT] - eventsMax) % (ring.length - FIRST);
    return windowMillis + 1 - (now - ring[FIRST + last]);
  }

  /** Whether a key without events would be refused. */
  boolean isFullFor(Hash128 key) {
    return find(key) == NONE && keyCount.get() >= keysMax;
  }

  /** Adds an event, unless that is one too many, or the key is one too many. */
  boolean tryAdd(Hash128 key, int eventsMax) {
    return tryAdd(key, now, eventsMax);
  }

  /** Adds an event of the past, which may push out an older one, and puts it in its order. */
  void restore(Hash128 key, int moment, int eventsMax) {
    int slot = find(key);
    if (slot != NONE && ring(slot)[COUNT] >= eventsMax) {
      int[] full = ring(slot);
      if (moment - full[FIRST + full[HEAD]] < 0) {
        return; // older than all that are kept
      }
      full[HEAD] = (full[HEAD] + 1) % (full.length - FIRST);
      full[COUNT]--;
    }
    if (!tryAdd(key, moment, eventsMax)) {
      return; // a key too many: while the table is full, it is refused anyway
    }
    int[] ring = ring(find(key));
    int capacity = ring.length - FIRST;
    for (int i = ring[COUNT] - 1; i > 0; i--) {
      int at = FIRST + (ring[HEAD] + i) % capacity;
      int before = FIRST + (ring[HEAD] + i - 1) % capacity;
      if (ring[at] - ring[before] >= 0) {
        return;
      }
      int later = ring[before];
      ring[before] = ring[at];
      ring[at] = later;
    }
  }

  private boolean tryAdd(Hash128 key, int moment, int eventsMax) {
    int slot = find(key);
    if (slot == NONE) {
      if (keyCount.incrementAndGet() > keysMax) {
        keyCount.decrementAndGet();
        return false;
      }
      slot = insert(key, eventsMax);
    }
    int[] ring = ring(slot);
    int count = ring[COUNT];
    if (count >= eventsMax) {
      return false;
    }
    int capacity = ring.length - FIRST;
    if (count == capacity) {
      ring = resized(ring, (int) Math.min(eventsMax, capacity + (long) growth(capacity)));
      rings[slot] = ring;
      capacity = ring.length - FIRST;
    }
    ring[FIRST + (ring[HEAD] + count) % capacity] = moment;
    ring[COUNT] = count + 1;
    return true;
  }

  /** Takes an event of a key back, unless it has left the window. */
  void remove(Hash128 key, int moment) {
    int slot = find(key);
    if (slot == NONE) {
      return;
    }
    int[] ring = ring(slot);
    int capacity = ring.length - FIRST;
    int last = ring[COUNT] - 1;
    int at = last;
    while (at >= 0 && ring[FIRST + (ring[HEAD] + at) % capacity] != moment) {
      at--;
    }
    if (at < 0) {
      return;
    }
    for (; at < last; at++) {
      ring[FIRST + (ring[HEAD] + at) % capacity] = ring[FIRST + (ring[HEAD] + at + 1) % capacity];
    }
    ring[COUNT] = last;
    if (last == 0) {
      remove(slot);
    }
  }

  /** The slot of a key that has events within the window, or {@link #NONE}. */
  private int find(Hash128 key) {
    int slot = home(key.low());
    while (rings[slot] != null) {
      if (keys[2 * slot] == key.low() && keys[2 * slot + 1] == key.high()) {
        return expire(slot) ? NONE : slot;
      }
      slot = next(slot);
    }
    return NONE;
  }

  /** Drops events that have left the window; true if that emptied and removed the slot. */
  private boolean expire(int slot) {
    int[] ring = ring(slot);
    int capacity = ring.length - FIRST;
    int head = ring[HEAD];
    int count = ring[COUNT];
    while (count > 0 && hasExpired(ring[FIRST + head])) {
      head = (head + 1) % capacity;
      count--;
    }
    if (count == 0) {
      remove(slot);
      return true;
    }
    ring[HEAD] = head;
    ring[COUNT] = count;
    int growth = growth(count);
    if (capacity - count >= 2 * growth) {
      rings[slot] = resized(ring, count + growth);
    }
    return false;
  }

  private boolean hasExpired(int moment) {
    // Strictly older than the window: both moments were rounded down, so equal might be too young.
    return now - moment > windowMillis;
  }

  /** Few slots at a time: an unused slot costs as much as a used one, and most users stay small. */
  private static int growth(int count) {
    return Math.max(GROWTH_SLOTS, count / 64);
  }

  private static int[] resized(int[] ring, int capacity) {
    int[] resized = new int[FIRST + capacity];
    int count = ring[COUNT];
    for (int i = 0; i < count; i++) {
      resized[FIRST + i] = ring[FIRST + (ring[HEAD] + i) % (ring.length - FIRST)];
    }
    resized[COUNT] = count;
    return resized;
  }

  private int insert(Hash128 key, int eventsMax) {
    if (used >= fullAt(rings.length)) {
      rehash(rings.length * 2);
    }
    used++;
    int slot = home(key.low());
    while (rings[slot] != null) {
      slot = next(slot);
    }
    keys[2 * slot] = key.low();
    keys[2 * slot + 1] = key.high();
    rings[slot] = new int[FIRST + Math.min(eventsMax, GROWTH_SLOTS)];
    return slot;
  }

  private static int fullAt(int slots) {
    return slots / 4 * 3;
  }

  /** Gives back what a crowd needed that is gone. */
  private void shrink() {
    int slots = rings.length;
    while (slots > TABLE_SLOTS && used < fullAt(slots / 2)) {
      slots /= 2;
    }
    if (slots < rings.length) {
      rehash(slots);
    }
  }

  private void clear() {
    keyCount.addAndGet(-used);
    used = 0;
    keys = new long[2 * TABLE_SLOTS];
    rings = new int[TABLE_SLOTS][];
    sweepCursor = 0;
  }

  private void rehash(int slots) {
    long[] oldKeys = keys;
    int[] @Nullable [] oldRings = rings;
    keys = new long[slots * 2];
    rings = new int[slots][];
    for (int i = 0; i < oldRings.length; i++) {
      if (oldRings[i] != null) {
        int slot = home(oldKeys[2 * i]);
        while (rings[slot] != null) {
          slot = next(slot);
        }
        System.arraycopy(oldKeys, 2 * i, keys, 2 * slot, 2);
        rings[slot] = oldRings[i];
      }
    }
  }

  /**
   * Empties a slot and moves back what its neighbours had to pass over (Knuth 6.4, algorithm R).
   */
  private void remove(int slot) {
    used--;
    keyCount.decrementAndGet();
    int hole = slot;
    for (int i = next(hole); rings[i] != null; i = next(i)) {
      int distanceFromHome = (i - home(keys[2 * i])) & (rings.length - 1);
      int distanceFromHole = (i - hole) & (rings.length - 1);
      if (distanceFromHome >= distanceFromHole) {
        System.arraycopy(keys, 2 * i, keys, 2 * hole, 2);
        rings[hole] = rings[i];
        hole = i;
      }
    }
    rings[hole] = null;
  }

  private void sweep(int slots) {
    for (int i = 0; i < slots; i++) {
      sweepCursor = (sweepCursor + 1) & (rings.length - 1);
      // A removal moves another key into the slot, so look again until one stays.
      while (rings[sweepCursor] != null && expire(sweepCursor)) {
        // expire() has done it
      }
    }
  }

  private int home(long keyLow) {
    return (int) keyLow & (rings.length - 1);
  }

  private int next(int slot) {
    return (slot + 1) & (rings.length - 1);
  }

  private int[] ring(int slot) {
    return Objects.requireNonNull(rings[slot]);
  }
}
