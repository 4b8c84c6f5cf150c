package io.mcpgovernor.pii;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How far each column rule has been matched at each level of the JSON value being walked, and what
 * is covered there. A level whose key matches nothing shares the state of the one around it. Not
 * thread-safe.
 */
final class ColumnStack {
  private final Columns columns;
  private final ColumnName name = new ColumnName();
  private final Unescaped unescaped = new Unescaped();
  private final Consumer<ColumnName> match = this::match;

  private byte[][] matched = new byte[16][];
  private byte[][] own = new byte[16][];
  private @Nullable Sensitivity[] covers = new @Nullable Sensitivity[16];
  private int depth;

  ColumnStack(Columns columns) {
    this.columns = columns;
  }

  /** Starts a value that nothing covers, where so much of each rule is matched. */
  void start(byte[] outer) {
    matched[0] = outer;
    covers[0] = null;
  }

  /** Enters an object or array: until a key is seen, what is around it applies. */
  void open(int level) {
    if (level == matched.length) {
      matched = Arrays.copyOf(matched, level * 2);
      own = Arrays.copyOf(own, level * 2);
      covers = Arrays.copyOf(covers, level * 2);
    }
    matched[level] = matched[level - 1];
    covers[level] = covers[level - 1];
  }

  /** Sets the key that applies from here on. */
  void key(int level, byte[] json, int from, int to, boolean escaped) {
    open(level);
    depth = level;
    if (covers[level] == Sensitivity.STRICT) {
      return; // it cannot become stricter
    }
    if (escaped) {
      unescaped.read(json, from, to);
      name.read(unescaped.utf8(), 0, unescaped.length(), match);
    } else {
      name.read(json, from, to, match);
    }
  }

  /** How values at this level are masked, or null if no rule covers them. */
  @Nullable Sensitivity cover(int level) {
    return covers[level];
  }

  /** How much of each rule is matched at this level; valid until the next key there. */
  byte[] matched(int level) {
    return matched[level];
  }

  private void match(ColumnName key) {
    for (int use : columns.uses(key)) {
      if (matched[depth][Columns.rule(use)] == Columns.position(use)) {
        if (columns.isField(use)) {
          cover(columns.level(use), depth);
        } else {
          advance(Columns.rule(use));
        }
      }
    }
  }

  private void cover(Sensitivity level, int at) {
    if (covers[at] != Sensitivity.STRICT) {
      covers[at] = level;
    }
  }

  @SuppressWarnings("ReferenceEquality") // whether the state is shared is the question
  private void advance(int rule) {
    byte[] changed = own[depth];
    if (changed == null) {
      changed = new byte[columns.start().length];
      own[depth] = changed;
    }
    if (matched[depth] != changed) {
      System.arraycopy(matched[depth], 0, changed, 0, changed.length);
      matched[depth] = changed;
    }
    changed[rule]++;
  }
}
