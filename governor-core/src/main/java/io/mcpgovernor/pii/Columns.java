package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link ColumnRules} come to for one tool: names to look for among the keys of its arguments
 * and results. Made once for a tool. Immutable and thread-safe.
 */
public final class Columns {
  /** Nothing is covered; scanning with it costs nothing. */
  public static final Columns NONE = new Columns(List.of());

  private static final int[] NOWHERE = {};
  private static final int POSITION_BITS = 4;

  private final int[] lasts;
  private final Sensitivity[] levels;
  private final byte[] start;

  // A hash table with open addressing, at most half full: names, and where in rules they stand.
  private final byte[][] names;
  private final int[][] uses;

  private Columns(List<ColumnRule> rules) {
    this.lasts = rules.stream().mapToInt(rule -> rule.names().size() - 1).toArray();
    this.levels = rules.stream().map(ColumnRule::level).toArray(Sensitivity[]::new);
    this.start = new byte[rules.size()];
    Map<String, List<Integer>> byName = new HashMap<>();
    for (int i = 0; i < rules.size(); i++) {
      List<byte[]> path = rules.get(i).names();
      for (int position = 0; position < path.size(); position++) {
        byName
            .computeIfAbsent(
                new String(path.get(position), StandardCharsets.UTF_8), name -> new ArrayList<>())
            .add(i << POSITION_BITS | position);
      }
    }
    int slots = Integer.highestOneBit(byName.size() * 2 + 1) * 2;
    this.names = new byte[slots][];
    this.uses = new int[slots][];
    byName.forEach(
        (name, places) -> {
          // Later positions first, so that one key never takes a rule two names further.
          places.sort(Comparator.reverseOrder());
          byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
          int slot = slot(utf8, utf8.length);
          names[slot] = utf8;
          uses[slot] = places.stream().mapToInt(place -> place).toArray();
        });
  }

  static Columns of(List<ColumnRule> rules) {
    return rules.isEmpty() ? NONE : new Columns(rules);
  }

  /** Whether nothing is covered. */
  public boolean isEmpty() {
    return lasts.length == 0;
  }

  /** How many names of each rule are matched before any key is seen: none. Not to be changed. */
  byte[] start() {
    return start;
  }

  /** Where a name stands: rules and positions, for {@link #rule} and {@link #position}. */
  int[] uses(ColumnName name) {
    int[] found = uses[slot(name.utf8(), name.length())];
    return found == null ? NOWHERE : found;
  }

  static int rule(int use) {
    return use >> POSITION_BITS;
  }

  static int position(int use) {
    return use & (1 << POSITION_BITS) - 1;
  }

  /** Whether the name at a rule's position is its field. */
  boolean isField(int use) {
    return position(use) == lasts[rule(use)];
  }

  Sensitivity level(int use) {
    return levels[rule(use)];
  }

  /** The slot that holds a name, or the free one where it would be. */
  private int slot(byte[] name, int length) {
    int hash = 0;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + name[i];
    }
    hash *= 0x9e3779b9;
    int slot = hash >>> 16 & names.length - 1;
    for (byte[] there = names[slot]; there != null; there = names[slot]) {
      if (there.length == length && Arrays.equals(there, 0, length, name, 0, length)) {
        return slot;
      }
      slot = slot + 1 & names.length - 1;
    }
    return slot;
  }

  /** Says how many rules there are. */
  @Override
  public String toString() {
    return "Columns[" + lasts.length + "]";
  }
}
