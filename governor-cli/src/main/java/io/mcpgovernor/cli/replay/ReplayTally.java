package io.mcpgovernor.cli.replay;

import io.mcpgovernor.Replay.Answer;
import io.mcpgovernor.Replay.Replayed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what a replay said. Bounded, because names of users, tools and arguments come from
 * others. Not thread-safe.
 */
public final class ReplayTally {
  /** Examples of each sort that are kept. */
  static final int EXAMPLES = 3;

  private static final int GROUPS_MAX = 10_000;
  private static final String OTHERS = "(others)";

  /** How many flip. */
  static final class Flips {
    private long toDenied;
    private long toAllowed;

    private void add(Replayed flip) {
      if (flip.now() == Answer.DENIED) {
        toDenied++;
      } else {
        toAllowed++;
      }
    }

    /** From allowed to denied. */
    long toDenied() {
      return toDenied;
    }

    /** From denied to allowed. */
    long toAllowed() {
      return toAllowed;
    }
  }

  private final Flips all = new Flips();
  private final Map<String, Flips> byCode = new HashMap<>();
  private final Map<String, Flips> byTool = new HashMap<>();
  private final Map<String, Flips> byUser = new HashMap<>();
  private final Map<String, Long> reasons = new HashMap<>();
  private final List<Replayed> denied = new ArrayList<>();
  private final List<Replayed> allowed = new ArrayList<>();
  private long calls;
  private long results;
  private long unknowable;
  private @Nullable Instant first;
  private @Nullable Instant last;

  ReplayTally() {}

  /**
   * Adds a call, or its result.
   *
   * @param isResult whether it is the result about which rules were asked
   */
  void add(Replayed replayed, boolean isResult) {
    if (isResult) {
      results++;
    } else {
      calls++;
    }
    seen(replayed.at());
    if (replayed.now() == Answer.UNKNOWABLE) {
      cannot(replayed.why(), 1);
    } else if (replayed.isFlip()) {
      all.add(replayed);
      boolean isDenied = replayed.now() == Answer.DENIED;
      flips(byCode, isDenied ? replayed.codeNow() : replayed.codeBefore()).add(replayed);
      flips(byTool, replayed.server() + "/" + replayed.tool()).add(replayed);
      flips(byUser, replayed.user()).add(replayed);
      List<Replayed> examples = isDenied ? denied : allowed;
      if (examples.size() < EXAMPLES) {
        examples.add(replayed);
      }
    }
  }

  /** Adds calls of which a record says too little. */
  void addUnreplayable(Instant at, String why, long count) {
    calls += count;
    seen(at);
    cannot(why, count);
  }

  private void cannot(String why, long count) {
    unknowable += count;
    reasons.merge(bounded(reasons, why), count, Long::sum);
  }

  private void seen(Instant at) {
    first = first == null || at.isBefore(first) ? at : first;
    last = last == null || at.isAfter(last) ? at : last;
  }

  private static Flips flips(Map<String, Flips> groups, String name) {
    return groups.computeIfAbsent(bounded(groups, name), group -> new Flips());
  }

  private static String bounded(Map<String, ?> map, String name) {
    return map.size() < GROUPS_MAX || map.containsKey(name) ? name : OTHERS;
  }

  /** Calls, replayed or not. */
  public long calls() {
    return calls;
  }

  /** Results about which rules were asked, replayed or not. */
  long results() {
    return results;
  }

  /** Calls and results of which nobody knows. */
  public long unreplayable() {
    return unknowable;
  }

  /** Calls and results that would be denied and were allowed. */
  public long toDenied() {
    return all.toDenied;
  }

  /** Calls and results that would be allowed and were denied. */
  public long toAllowed() {
    return all.toAllowed;
  }

  /** When the first call was made; null if there is none. */
  @Nullable Instant first() {
    return first;
  }

  /** When the last one was. */
  @Nullable Instant last() {
    return last;
  }

  /** Flips by the code of the denial that comes, or goes; most first. */
  List<Map.Entry<String, Flips>> byCode() {
    return most(byCode);
  }

  /** Flips by server and tool, most first. */
  List<Map.Entry<String, Flips>> byTool() {
    return most(byTool);
  }

  /** Flips by user, most first. */
  List<Map.Entry<String, Flips>> byUser() {
    return most(byUser);
  }

  /** Why calls could not be replayed, the most frequent first. */
  List<Map.Entry<String, Long>> reasons() {
    return reasons.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }

  /** The first that would be denied and were allowed. */
  public List<Replayed> denied() {
    return List.copyOf(denied);
  }

  /** The first that would be allowed and were denied. */
  List<Replayed> allowed() {
    return List.copyOf(allowed);
  }

  private static List<Map.Entry<String, Flips>> most(Map<String, Flips> groups) {
    Comparator<Map.Entry<String, Flips>> most =
        Comparator.comparingLong(
            entry -> -(entry.getValue().toDenied + entry.getValue().toAllowed));
    return groups.entrySet().stream()
        .sorted(most.thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }
}
