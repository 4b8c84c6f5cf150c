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
  private static final int PROBLEMS_SHOWN = 10;

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
    while (next < roots.length && bySize.get(next).size() == 0) {
      roots[next++] = Sha256.of(new byte[0]);
    }
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
    List<Problem> wrong = new ArrayList<>();
    int matching = 0;
    int deleted = 0;
    int unreached = 0;
    for (int i = 0; i < roots.length; i++) {
      Checkpoint checkpoint = bySize.get(i);
      byte @Nullable [] root = roots[i];
      if (!isOf(origin, checkpoint, isOnlyLog)) {
        continue;
      }
      if (root == null && checkpoint.size() < begunAt) {
        deleted++;
      } else if (root == null && !isWhole) {
        unreached++;
      } else {
        String what = wrong(checkpoint, root, size, keys);
        if (what == null) {
          matching++;
        } else {
          wrong.add(Problem.of("the outside checkpoint at " + checkpoint.size() + what));
        }
      }
    }
    problems.addAll(wrong.subList(0, Math.min(wrong.size(), PROBLEMS_SHOWN)));
    if (wrong.size() > PROBLEMS_SHOWN) {
      problems.add(
          Problem.of((wrong.size() - PROBLEMS_SHOWN) + " more outside checkpoints are wrong"));
    }
    List<String> warnings = new ArrayList<>();
    if (deleted > 0) {
      warnings.add(
          "outside checkpoints that cover only deleted records, and say nothing here: " + deleted);
    }
    if (unreached > 0) {
      warnings.add("outside checkpoints that were not reached: " + unreached);
    }
    return new Result(matching, warnings);
  }

  private static @Nullable String wrong(
      Checkpoint checkpoint, byte @Nullable [] root, long size, TrustedKeys keys) {
    String unsigned = unsigned(checkpoint, keys);
    if (unsigned != null) {
      return " is not to be trusted: " + unsigned;
    }
    if (root == null) {
      return time(checkpoint)
          + " covers more than the "
          + size
          + " records there are: records were cut off";
    }
    return Arrays.equals(root, checkpoint.root())
        ? null
        : time(checkpoint) + " does not match: records were changed after it was signed";
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
