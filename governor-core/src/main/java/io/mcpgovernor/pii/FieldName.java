package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The object key that a value stands under. Elements of an array stand under the array's key, and
 * the values of JSON inside a text under the key of that text, if no key of their own is nearer.
 *
 * <p>Valid only while the detector it was handed to runs; not thread-safe.
 */
public final class FieldName {
  private static final byte[] NOTHING = {};

  private byte[] utf8 = NOTHING;
  private int from;
  private int to;
  private boolean escaped;
  private @Nullable FieldName parent;
  private long cue;

  FieldName() {}

  /** Points this name at a key as it stands between its quotes. */
  @SuppressWarnings("ReferenceEquality") // whether they are the same objects is the question
  void set(byte[] key, int start, int end, boolean hasEscapes, @Nullable FieldName outer) {
    // As in Text: most references are the ones that are there already.
    if (utf8 != key) {
      utf8 = key;
    }
    from = start;
    to = end;
    escaped = hasEscapes;
    if (parent != outer) {
      parent = outer;
    }
  }

  /** What the name says as evidence, a {@link Cue}. */
  long cue() {
    return cue;
  }

  /** Sets {@link #cue}. */
  void says(long itsCue) {
    cue = itsCue;
  }

  /** Makes this name say nothing: what stands in a masked key must not decide about values. */
  void blank() {
    set(NOTHING, 0, 0, false, parent);
    cue = Cue.of(Hint.NEUTRAL, 0);
  }

  /** Lets go of the key and of the names around it. */
  void wipe() {
    set(NOTHING, 0, 0, false, null);
    cue = Cue.NONE;
  }

  /** The key, unescaped. */
  public String name() {
    resolve();
    return new String(utf8, from, to - from, StandardCharsets.UTF_8);
  }

  /** The key of the object that this key's object stands under, if there is one. */
  public @Nullable FieldName parent() {
    return parent;
  }

  byte[] utf8() {
    resolve();
    return utf8;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** Undoes escapes, which are rare in keys. */
  private void resolve() {
    if (escaped) {
      Unescaped key = new Unescaped();
      key.read(utf8, from, to);
      set(key.utf8(), 0, key.length(), false, parent);
    }
  }

  /** Says nothing of the key: keys can hold PII. */
  @Override
  public String toString() {
    return "FieldName[" + (to - from) + " bytes]";
  }
}
