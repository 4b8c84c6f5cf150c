package io.mcpgovernor.verify;

import io.mcpgovernor.verify.LogReport.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints that were kept elsewhere, against one log: the roots of its tree at their sizes, and
 * at the end what follows. Not thread-safe.
 */
final class OutsideCheckpoints {
  private final List<Checkpoint> bySize;
  private final boolean isOnlyLog;
  private final byte[] @Nullable [] roots;
  private long begunAt;
  private int next;

  /** What the comparison showed, beside problems. */
  record Result(int matching, List<String> warnings) {}

  OutsideCheckpoints(List<Checkpoint> checkpoints, boolean isOnlyLog) {
    this.bySize = checkpoints.stream().sorted(Comparator.comparingLong(Checkpoint::size)).toList();
    this.isOnlyLog = isOnlyLog;
    this.roots = new byte[bySize.size()][];
  }

  /** The log's first records are deleted. */
  void begin(MerkleFrontier frontier) {
    begunAt = frontier.size();
    while (next < roots.length && bySize.get(next).size() < begunAt) {
      next++;
    }
    at(frontier);
  }

  /** The tree has grown. */
  void at(MerkleFrontier frontier) {
    while (next < roots.length && bySize.get(next).size() <= frontier.size()) {
      if (bySize.get(next).size() == frontier.size()) {
        roots[next] = frontier.root();
      }
      next++;
    }
  }

  /** Whether a checkpoint is of this log, which may have no name yet. */
  static boolean isOf(@Nullable String origin, Checkpoint checkpoint, boolean isOnlyLog) {
    return origin == null ? isOnlyLog : origin.equals(checkpoint.origin());
  }

  /** Says what is wrong, now that the log is read, or has turned out to be bad after some size. */
  Result compare(
      @Nullable String origin,
      long size,
      boolean isWhole,
      TrustedKeys keys,
      List<Problem> problems) {
    List<String> warnings = new ArrayList<>();
    int matching = 0;
    for (int i = 0; i < roots.length; i++) {
      Checkpoint checkpoint = bySize.get(i);
      if (!isOf(origin, checkpoint, isOnlyLog)) {
        continue;
      }
      String what = "the outside checkpoint at " + checkpoint.size();
      String unsigned = unsigned(checkpoint, keys);
      byte @Nullable [] root = roots[i];
      if (unsigned != null) {
        problems.add(Problem.of(what + " is not to be trusted: " + unsigned));
      } else if (root != null && Arrays.equals(root, checkpoint.root())) {
        matching++;
      } else if (root != null) {
        problems.add(
            Problem.of(
                what
                    + time(checkpoint)
                    + " does not match: records were changed after it was signed"));
      } else if (checkpoint.size() < begunAt) {
        warnings.add(what + " covers only records that are deleted, so it says nothing here");
      } else if (checkpoint.size() == 0) {
        matching++;
      } else if (isWhole) {
        problems.add(
            Problem.of(
                what
                    + time(checkpoint)
                    + " covers more than the "
                    + size
                    + " records there are: records were cut off"));
      } else {
        warnings.add(what + " was not reached");
      }
    }
    return new Result(matching, warnings);
  }

  private static String time(Checkpoint checkpoint) {
    return checkpoint.time() == null ? "" : " of " + checkpoint.time();
  }

  private static @Nullable String unsigned(Checkpoint checkpoint, TrustedKeys keys) {
    try {
      return keys.source() == KeySource.NONE || keys.isSigned(checkpoint.note())
          ? null
          : "no trusted key signed it";
    } catch (BadRecordException e) {
      return e.reason();
    }
  }
}
