package io.mcpgovernor.cli.audit;

import java.util.Arrays;

/**
 * Percentiles of durations in little memory: counts in buckets, 64 for each doubling, so that what
 * it says is at most 0.8 % from what was measured. Not thread-safe.
 */
final class Latencies {
  private static final int BITS = 6;
  private static final int SUB = 1 << BITS;

  private long[] counts = new long[0];
  private long count;
  private long max;

  /** Adds a duration; a negative one counts as none. */
  void add(long micros) {
    if (micros < 0) {
      return;
    }
    int bucket = bucket(micros);
    if (bucket >= counts.length) {
      counts = Arrays.copyOf(counts, bucket + SUB);
    }
    counts[bucket]++;
    count++;
    max = Math.max(max, micros);
  }

  long count() {
    return count;
  }

  long max() {
    return max;
  }

  /**
   * The smallest duration that so many of all do not exceed.
   *
   * @param share such as 0.95
   * @return microseconds; 0 if there are none
   */
  long percentile(double share) {
    long wanted = Math.max(1, (long) Math.ceil(share * count));
    long seen = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      seen += counts[bucket];
      if (seen >= wanted) {
        return Math.min(max, middle(bucket));
      }
    }
    return max;
  }

  private static int bucket(long value) {
    if (value < 2 * SUB) {
      return (int) value;
    }
    int shift = 63 - Long.numberOfLeadingZeros(value) - BITS;
    return (shift << BITS) + (int) (value >>> shift);
  }

  private static long middle(int bucket) {
    if (bucket < 2 * SUB) {
      return bucket;
    }
    int shift = (bucket >>> BITS) - 1;
    long from = (long) (bucket - (shift << BITS)) << shift;
    return from + (1L << shift) / 2;
  }
}
