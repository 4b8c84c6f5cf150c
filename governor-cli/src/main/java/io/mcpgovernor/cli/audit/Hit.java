package io.mcpgovernor.cli.audit;

import java.util.Comparator;

/**
 * Where a record stands that was asked for.
 *
 * @param log its place in the list of logs that are searched
 * @param segment the segment's number
 * @param at where its line begins, in the segment's content
 * @param length how long the line is, without its line break
 */
record Hit(long atMicros, int log, int segment, long at, int length) {
  /** By time; what happened at once in the order in which it was written. */
  static final Comparator<Hit> NEWEST_FIRST =
      Comparator.comparingLong(Hit::atMicros)
          .thenComparingInt(Hit::log)
          .thenComparingInt(Hit::segment)
          .thenComparingLong(Hit::at)
          .reversed();
}
