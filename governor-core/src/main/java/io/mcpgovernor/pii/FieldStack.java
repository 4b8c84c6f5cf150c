package io.mcpgovernor.pii;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The field names that apply at each level of the JSON value being walked. Name objects are reused,
 * one a level. Not thread-safe.
 */
final class FieldStack {
  private @Nullable FieldName[] applying = new FieldName[16];
  private @Nullable FieldName[] own = new FieldName[16];
  private @Nullable FieldName[] named = new FieldName[16];
  private boolean[] isNamed = new boolean[16];
  private final FieldCues cues = new FieldCues();

  /** Starts a value that stands under {@code outer}, if under anything. */
  void start(@Nullable FieldName outer) {
    applying[0] = outer;
  }

  /** Enters an object or array: until a key is seen, the outer name applies. */
  void open(int depth) {
    if (depth == applying.length) {
      applying = Arrays.copyOf(applying, depth * 2);
      own = Arrays.copyOf(own, depth * 2);
      named = Arrays.copyOf(named, depth * 2);
      isNamed = Arrays.copyOf(isNamed, depth * 2);
    }
    applying[depth] = applying[depth - 1];
    isNamed[depth] = false;
  }

  /** Whether the string under the key at this depth is the name of a value beside it. */
  boolean names(int depth) {
    FieldName name = applying[depth];
    return name != null && (name.cue() & Cue.NAMES) != 0;
  }

  /** Takes a string for the name of the value beside it: {@code {"name": "phone", "value": ..}}. */
  void named(int depth, byte[] text, int from, int to, boolean escaped) {
    FieldName name = named[depth];
    if (name == null) {
      name = new FieldName();
      named[depth] = name;
    }
    name.set(text, from, to, escaped, applying[depth - 1]);
    name.says(cues.of(name.utf8(), name.from(), name.to()));
    isNamed[depth] = true;
  }

  /** Sets the name that applies from here on. */
  @SuppressWarnings("ReferenceEquality") // as in Text
  FieldName key(int depth, byte[] text, int from, int to, boolean escaped) {
    FieldName name = own[depth];
    if (name == null) {
      name = new FieldName();
      own[depth] = name;
    }
    name.set(text, from, to, escaped, applying[depth - 1]);
    name.says(escaped ? cues.of(name.utf8(), name.from(), name.to()) : cues.of(text, from, to));
    boolean hasOtherName = isNamed[depth] && (name.cue() & Cue.HOLDS_VALUE) != 0;
    FieldName applies = hasOtherName ? named[depth] : name;
    if (applying[depth] != applies) {
      applying[depth] = applies;
    }
    return name;
  }

  /** Lets go of all keys. */
  void wipe() {
    wipe(own);
    wipe(named);
    Arrays.fill(applying, null);
  }

  private static void wipe(@Nullable FieldName[] names) {
    for (FieldName name : names) {
      if (name != null) {
        name.wipe();
      }
    }
  }

  /** The name that applies to a value at this depth. */
  @Nullable FieldName at(int depth) {
    return applying[depth];
  }
}
