package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.ManualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlidingWindowsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MILLISECOND = Duration.ofMillis(1);
  private static final int MANY = 1_000_000;

  private final ManualTime time = new ManualTime();

  @Test
  void everyAnswerIsThatOfABruteForceModel() {
    Duration[] windows = {MILLISECOND, Duration.ofMillis(50), HOUR, Duration.ofDays(1)};
    int[] limits = {1, 3, 7, 100};
    int[] keys = {2, 40, 3_000};
    for (int seed = 0; seed < 48; seed++) {
      compareWithModel(seed, limits[seed / 12], windows[seed / 3 % 4], keys[seed % 3]);
    }
  }

  private void compareWithModel(int seed, int limit, Duration window, int keys) {
    ManualTime time = new ManualTime();
    Random random = new Random(seed);
    SlidingWindows windows = new SlidingWindows(window, MANY, time);
    Map<String, Deque<Long>> model = new HashMap<>();
    List<Map.Entry<String, Long>> receipts = new ArrayList<>();
    // Slow enough that windows empty now and then, fast enough that they fill.
    long stepNanos = Math.max(1, window.toNanos() / Math.max(1, limit) / keys);
    for (int step = 0; step < 8_000; step++) {
      time.advance(pause(random, window, stepNanos));
      long now = time.nanos() / 1_000_000;
      String key = "user" + random.nextInt(random.nextBoolean() ? keys : Math.min(keys, 3));
      Deque<Long> events = model.computeIfAbsent(key, k -> new ArrayDeque<>());
      events.removeIf(moment -> now - moment > window.toMillis());
      int action = random.nextInt(10);
      if (action < 7) {
        long moment = windows.tryAdd(key, limit);
        assertThat(moment).isEqualTo(events.size() < limit ? now : SlidingWindows.REFUSED);
        if (moment != SlidingWindows.REFUSED) {
          events.addLast(now);
          receipts.add(Map.entry(key, moment));
        }
      } else if (action == 7 && !receipts.isEmpty()) {
        Map.Entry<String, Long> receipt = receipts.remove(random.nextInt(receipts.size()));
        windows.remove(receipt.getKey(), receipt.getValue());
        removeOne(model.get(receipt.getKey()), receipt.getValue());
        events = model.get(key);
      }
      SlidingWindows.Usage usage = windows.usage(key, limit);
      boolean isFull = events.size() == limit;
      assertThat(usage.count()).as("seed %d step %d", seed, step).isEqualTo(events.size());
      assertThat(usage.isFull()).isEqualTo(isFull);
      assertThat(usage.freesIn())
          .isEqualTo(
              isFull ? window.plusMillis(1).minusMillis(now - events.getFirst()) : Duration.ZERO);
    }
    model.forEach(
        (key, events) -> {
          events.removeIf(m -> time.nanos() / 1_000_000 - m > window.toMillis());
          assertThat(windows.usage(key, limit).count()).isEqualTo(events.size());
        });
    long withEvents = model.values().stream().filter(events -> !events.isEmpty()).count();
    assertThat(windows.keyCount()).isGreaterThanOrEqualTo((int) withEvents);
    time.advance(window.plusMillis(1));
    model.keySet().forEach(key -> windows.usage(key, limit));
    assertThat(windows.keyCount()).as("only empty windows, and all of them, are evicted").isZero();
  }

  private static Duration pause(Random random, Duration window, long stepNanos) {
    int kind = random.nextInt(1_000);
    if (kind < 990) {
      return Duration.ofNanos((long) (random.nextDouble() * 2 * stepNanos));
    }
    return switch (kind) {
      case 990, 991, 992 -> window.dividedBy(3);
      case 993, 994 -> window.dividedBy(2);
      case 995 -> window;
      case 996 -> window.plusMillis(1);
      case 997 -> window.multipliedBy(3);
      case 998 -> Duration.ofDays(25);
      default -> Duration.ofMillis(1L << 32);
    };
  }

  private static void removeOne(Deque<Long> events, long moment) {
    for (Iterator<Long> each = events.iterator(); each.hasNext(); ) {
      if (each.next() == moment) {
        each.remove();
        return;
      }
    }
  }

  @Test
  void noWindowOfRealTimeHoldsMoreThanTheLimit() {
    Random random = new Random(7);
    for (Duration window :
        List.of(MILLISECOND, Duration.ofNanos(1_500_000), Duration.ofNanos(7_000_001), HOUR)) {
      for (int limit : new int[] {1, 2, 10}) {
        ManualTime clock = new ManualTime();
        clock.advance(Duration.ofNanos(123_456)); // the clock's zero is nobody's business
        SlidingWindows windows = new SlidingWindows(window, MANY, clock);
        List<Long> allowed = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
          clock.advance(Duration.ofNanos(random.nextLong(2 * window.toNanos() / (3L * limit))));
          long moment = windows.tryAdd("alice", limit);
          if (moment == SlidingWindows.REFUSED) {
            continue;
          }
          if (random.nextInt(4) == 0) {
            windows.remove("alice", moment);
          } else {
            allowed.add(clock.nanos());
          }
        }
        for (int i = limit; i < allowed.size(); i++) {
          assertThat(allowed.get(i) - allowed.get(i - limit)).isGreaterThan(window.toNanos());
        }
        assertThat(allowed).hasSizeGreaterThan(1_000);
      }
    }
  }

  @Test
  void whoWaitsAsLongAsTheWindowSaysGetsThrough() {
    SlidingWindows windows = new SlidingWindows(HOUR, MANY, time);
    time.advance(Duration.ofNanos(999_999));
    windows.tryAdd("alice", 1);
    time.advance(Duration.ofNanos(1));
    Duration wait = windows.usage("alice", 1).freesIn();
    assertThat(wait).isEqualTo(HOUR);
    time.advance(wait.minusNanos(1));
    assertThat(windows.tryAdd("alice", 1)).isEqualTo(SlidingWindows.REFUSED);
    time.advance(Duration.ofNanos(1));
    assertThat(windows.tryAdd("alice", 1)).isNotEqualTo(SlidingWindows.REFUSED);
  }

  @Test
  void anEventIsForgottenHoweverLongTheTableWasIdle() {
    for (double days : new double[] {0.05, 1, 2, 20, 24.9, 30, 45, 49.72, 50, 60, 75, 99.43, 400}) {
      SlidingWindows windows = new SlidingWindows(HOUR, MANY, time);
      for (int user = 0; user < 500; user++) {
        windows.tryAdd("user" + user, 2);
        windows.tryAdd("user" + user, 2);
      }
      time.advance(Duration.ofMillis((long) (days * 86_400_000)));
      assertThat(windows.usage("user7", 2).count()).as("after %s days", days).isZero();
      for (int user = 0; user < 500; user++) {
        assertThat(windows.tryAdd("user" + user, 2)).isNotEqualTo(SlidingWindows.REFUSED);
      }
      assertThat(windows.keyCount()).isEqualTo(500);
    }
    // Exactly one turn of the clock's low 32 bits: what is old must not look new.
    SlidingWindows windows = new SlidingWindows(HOUR, MANY, time);
    windows.tryAdd("alice", 1);
    time.advance(Duration.ofMillis(1L << 32));
    assertThat(windows.tryAdd("alice", 1)).isNotEqualTo(SlidingWindows.REFUSED);
  }

  @Test
  void aQuietUserAmongBusyOnesIsForgottenInTime() {
    SlidingWindows windows = new SlidingWindows(Duration.ofDays(1), MANY, time);
    windows.tryAdd("quiet", 1);
    for (int hour = 0; hour < 60 * 24; hour += 6) {
      time.advance(Duration.ofHours(6));
      for (int user = 0; user < 300; user++) { // some in every stripe
        windows.tryAdd("busy" + user, 1);
      }
      boolean hasPassed = hour + 6 > 24;
      assertThat(windows.usage("quiet", 1).count()).isEqualTo(hasPassed ? 0 : 1);
    }
  }

  @Test
  void usersWhoDoNotComeBackAreEvictedWithinASecondWindow() {
    SlidingWindows windows = new SlidingWindows(HOUR, MANY, time);
    for (int user = 0; user < 10_000; user++) {
      windows.tryAdd("guest" + user, 1);
    }
    for (int minute = 0; minute <= 120; minute++) {
      time.advance(Duration.ofMinutes(1));
      for (int user = 0; user < 1_000; user++) { // some in every stripe
        windows.tryAdd("busy" + user, 1);
      }
    }
    assertThat(windows.keyCount()).isEqualTo(1_000);
  }

  @Test
  void aFullTableRefusesNewKeysAndForgetsNoOldOnes() {
    SlidingWindows windows = new SlidingWindows(HOUR, 50, time);
    for (int user = 0; user < 50; user++) {
      windows.tryAdd("old" + user, 3);
    }
    for (int user = 0; user < 10_000; user++) {
      assertThat(windows.tryAdd("new" + user, 3)).isEqualTo(SlidingWindows.REFUSED);
      assertThat(windows.usage("new" + user, 3).isFull()).isTrue();
    }
    for (int user = 0; user < 50; user++) {
      assertThat(windows.usage("old" + user, 3).count()).isEqualTo(1);
      assertThat(windows.tryAdd("old" + user, 3)).isNotEqualTo(SlidingWindows.REFUSED);
    }
    assertThat(windows.keyCount()).isEqualTo(50);
  }

  @Test
  void aFullTableLetsTheFirstNewKeyInOnceOldOnesAreEmpty() {
    for (int round = 0; round < 20; round++) { // old and new key are seldom in one stripe
      SlidingWindows windows = new SlidingWindows(HOUR, 1, time);
      windows.tryAdd("old", 3);
      assertThat(windows.usage("new", 3).isFull()).isTrue();
      time.advance(HOUR.plusMillis(1));
      if (round % 2 == 0) {
        assertThat(windows.usage("new", 3).isFull()).isFalse();
      }
      assertThat(windows.tryAdd("new", 3)).isNotEqualTo(SlidingWindows.REFUSED);
    }
  }

  @Test
  void whatIsTakenBackIsThatVeryEvent() {
    SlidingWindows windows = new SlidingWindows(HOUR, MANY, time);
    long cancelled = windows.tryAdd("alice", 2);
    time.advance(Duration.ofMinutes(30));
    windows.tryAdd("alice", 2);
    windows.remove("alice", cancelled);
    time.advance(Duration.ofMinutes(40));
    windows.tryAdd("alice", 2);
    assertThat(windows.tryAdd("alice", 2))
        .as("the call of minute 30 still counts")
        .isEqualTo(SlidingWindows.REFUSED);
    windows.remove("alice", cancelled);
    windows.remove("bob", cancelled);
    assertThat(windows.usage("alice", 2).count()).as("nothing is taken back twice").isEqualTo(2);
  }

  @Test
  void aLimitIsAtLeastOneAndAWindowFromAMillisecondToADay() {
    assertThatThrownBy(() -> new SlidingWindows(HOUR, 0, time))
        .isInstanceOf(IllegalArgumentException.class);
    for (Duration window :
        List.of(
            Duration.ZERO,
            Duration.ofNanos(999_999),
            HOUR.negated(),
            Duration.ofDays(1).plusNanos(1))) {
      assertThatThrownBy(() -> new SlidingWindows(window, 1, time))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void usersWithOneCallCostAtMost114Bytes() {
    assertMemory(200_000, 1, 200_000L * (110 + 4));
  }

  @Test
  void usersWithAHundredCallsCostAtMost510Bytes() {
    assertMemory(20_000, 100, 20_000L * (110 + 400));
  }

  private void assertMemory(int users, int calls, long bytesMax) {
    long before = heapBytes();
    SlidingWindows windows = new SlidingWindows(HOUR, MANY, time);
    for (int call = 0; call < calls; call++) {
      for (int user = 0; user < users; user++) {
        windows.tryAdd("user" + user, 100);
      }
    }
    assertThat(heapBytes() - before).isLessThanOrEqualTo(bytesMax);
    assertThat(windows.keyCount()).isEqualTo(users);
  }

  @Test
  void callsThatHaveLeftTheWindowCostNothing() {
    long before = heapBytes();
    SlidingWindows windows = new SlidingWindows(HOUR, MANY, time);
    int users = 5_000;
    for (int call = 0; call < 100; call++) {
      time.advance(Duration.ofSeconds(36));
      for (int user = 0; user < users; user++) {
        windows.tryAdd("user" + user, 100);
      }
    }
    time.advance(Duration.ofMinutes(55));
    for (int user = 0; user < users; user++) {
      assertThat(windows.usage("user" + user, 100).count()).isEqualTo(9);
    }
    assertThat(heapBytes() - before).isLessThanOrEqualTo(users * (110L + 4 * 9));
    assertThat(windows.keyCount()).isEqualTo(users); // and so they were on the heap until here
  }

  @Test
  void windowsThatSlideAndCrowdsThatLeaveCostNoMore() {
    long before = heapBytes();
    SlidingWindows windows = new SlidingWindows(HOUR, MANY, time);
    for (int user = 0; user < 100_000; user++) { // a crowd that will not come back
      windows.tryAdd("guest" + user, 100);
    }
    Random random = new Random(3);
    int users = 5_000;
    for (int minute = 0; minute < 26 * 60; minute++) {
      time.advance(Duration.ofMinutes(1));
      int active = random.nextInt(users);
      for (int i = 0; i < 600; i++) {
        windows.tryAdd("user" + (active + i) % users, 100);
      }
    }
    long calls = 0;
    for (int user = 0; user < users; user++) {
      calls += windows.usage("user" + user, 100).count();
    }
    assertThat(heapBytes() - before).isLessThanOrEqualTo(4 * calls + 110L * users);
    assertThat(windows.keyCount()).isLessThanOrEqualTo(users);
  }

  /** The heap in use once collecting garbage does not make it smaller any more. */
  private static long heapBytes() {
    long least = Long.MAX_VALUE;
    for (int unchanged = 0; unchanged < 3; unchanged++) {
      System.gc();
      long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
      if (used < least - 10_000) {
        unchanged = -1;
      }
      least = Math.min(least, used);
    }
    return least;
  }

  @Test
  void restoredEventsCountAsIfTheyHadBeenAddedWhenTheyHappened() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int limit = 1 + random.nextInt(6);
      Duration window = Duration.ofMillis(1 + random.nextInt(1_000));
      SlidingWindows windows = new SlidingWindows(window, MANY, time);
      List<Long> moments = new ArrayList<>();
      long now = time.nanos() / 1_000_000;
      for (int i = random.nextInt(12); i > 0; i--) {
        int age = random.nextInt(1_200);
        windows.restore("user", limit, Duration.ofMillis(age));
        moments.add(now - age);
      }
      for (int step = 0; step < 30; step++) {
        long at = time.nanos() / 1_000_000;
        moments.removeIf(moment -> at - moment > window.toMillis());
        moments.sort(null);
        while (moments.size() > limit) {
          moments.remove(0); // of too many the newest count
        }
        boolean hasRoom = moments.size() < limit;
        assertThat(windows.usage("user", limit).count()).isEqualTo(moments.size());
        assertThat(windows.tryAdd("user", limit) != SlidingWindows.REFUSED).isEqualTo(hasRoom);
        if (hasRoom) {
          moments.add(at);
        }
        time.advance(Duration.ofMillis(random.nextInt(200)));
      }
    }
  }

  @Test
  void anEventOfTheFutureCountsAsOneOfNow() {
    SlidingWindows windows = new SlidingWindows(HOUR, MANY, time);
    windows.restore("user", 1, Duration.ofDays(-400));
    assertThat(windows.tryAdd("user", 1)).isEqualTo(SlidingWindows.REFUSED);
    time.advance(HOUR.plus(MILLISECOND));
    assertThat(windows.tryAdd("user", 1)).isNotEqualTo(SlidingWindows.REFUSED);
  }

  @Test
  void aLoweredLimitCountsWhatIsThereAndSaysWhenEnoughOfItHasLeft() {
    SlidingWindows windows = new SlidingWindows(HOUR, MANY, time);
    for (int i = 0; i < 10; i++) {
      windows.tryAdd("alice", 10);
      time.advance(Duration.ofMinutes(1));
    }

    SlidingWindows.Usage usage = windows.usage("alice", 3);

    assertThat(usage.isFull()).isTrue();
    assertThat(windows.tryAdd("alice", 3)).isEqualTo(SlidingWindows.REFUSED);
    time.advance(usage.freesIn().minusMillis(1));
    assertThat(windows.tryAdd("alice", 3)).isEqualTo(SlidingWindows.REFUSED);
    time.advance(Duration.ofMillis(1));
    assertThat(windows.tryAdd("alice", 3)).isNotEqualTo(SlidingWindows.REFUSED);
    assertThat(windows.tryAdd("alice", 3)).isEqualTo(SlidingWindows.REFUSED);
  }
}
