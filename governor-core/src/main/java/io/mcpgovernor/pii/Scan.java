package io.mcpgovernor.pii;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Misfit;
import io.mcpgovernor.pii.Splices.Skeleton;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was found in one JSON value, and the value without it. Finding happens once; both levels are
 * rendered from it, each when first asked for.
 *
 * <p>Immutable and thread-safe. It holds the original value.
 */
public final class Scan {
  /** How many pointers are listed at most. */
  public static final int POINTERS_MAX = 100;

  private final Json original;
  private final Splices splices;
  private volatile @Nullable Json standard;
  private volatile @Nullable Json strict;

  Scan(Json original, Splices splices) {
    this.original = original;
    this.splices = splices;
  }

  /** Whether nothing was found. */
  public boolean isClean() {
    return splices.isEmpty();
  }

  /**
   * The value with its PII masked. Everything outside of what was found is the same byte for byte:
   * order, white space, escapes, numbers.
   *
   * @return the very same object that was scanned if nothing was found
   */
  public Json masked(Sensitivity level) {
    if (isClean()) {
      return original;
    }
    // Rendering twice does no harm, so two threads may race here.
    Json masked = level == Sensitivity.STRICT ? strict : standard;
    if (masked == null) {
      masked = Json.utf8(splices.render(level));
      if (level == Sensitivity.STRICT) {
        strict = masked;
      } else {
        standard = masked;
      }
    }
    return masked;
  }

  /** How long the {@linkplain #masked masked} value is, bytes. */
  public int maskedBytes(Sensitivity level) {
    return isClean() ? original.utf8().length : splices.bytes(level);
  }

  /**
   * The beginning of the {@linkplain #masked masked} value, for who needs no more of a long one: it
   * is made without the rest.
   *
   * @param bytes how much of it, at least 0; all of it if it is shorter. A character may be cut.
   */
  public byte[] head(Sensitivity level, int bytes) {
    int length = Math.min(bytes, maskedBytes(level));
    return isClean() ? Arrays.copyOf(original.utf8(), length) : splices.head(level, length);
  }

  /**
   * The masked value, with surrogates in the place of masks that do not fit what is asked of them:
   * where a schema wants an e-mail address, {@code masked@masked.invalid}. What became a surrogate
   * is the same surrogate wherever else it stands in the value; all else is masked as ever.
   *
   * @param misfits where a masked value does not fit; asked once if it fits, otherwise a few times
   */
  public Fitted fitted(Sensitivity level, Function<Json, List<Misfit>> misfits) {
    Json plain = masked(level);
    List<Misfit> first = misfits.apply(plain);
    return first.isEmpty()
        ? new Fitted(plain, true, List.of())
        : new Fitting(splices, level, misfits).fit(plain, first);
  }

  /** How many findings there are by name of kind, in alphabetical order; empty if clean. */
  public Map<String, Integer> counts() {
    return isClean() ? Map.of() : Collections.unmodifiableMap(splices.counts());
  }

  /** What could not be read: pictures, sounds and other binaries. */
  public Unscanned unscanned() {
    return splices.unscanned();
  }

  /**
   * The same with some places masked strictly at both levels.
   *
   * @return the very same object if nothing was found there
   */
  public Scan strictAt(StrictPlaces places) {
    Splices raised = isClean() ? splices : places.applied(splices);
    return raised == splices ? this : new Scan(original, raised);
  }

  /** Where the findings are in the bytes of the value that was scanned, in order. */
  public List<Finding> findings() {
    return splices.findings();
  }

  /**
   * The values that were found, each once, in order, in their normal form: personal data in the
   * clear, for who makes keyed hashes of it. What a mask of any level hides is among them, also
   * where it stood encoded.
   *
   * @param max how many at most
   */
  public Set<FoundValue> values(int max) {
    return isClean() ? Set.of() : FoundValues.of(splices, max);
  }

  /**
   * How long strings were that are not as they were in the {@linkplain Sensitivity#STRICT strictly}
   * masked value, or not in the part of it that is kept.
   *
   * @param keptBytes how much of the masked value is kept
   * @param max how many at most
   * @return JSON pointers (RFC 6901) into the masked value, and code points
   */
  public Map<String, Integer> lengths(int keptBytes, int max) {
    byte[] masked = masked(Sensitivity.STRICT).utf8();
    return isClean() && masked.length <= keptBytes
        ? Map.of()
        : OriginalLengths.of(original.utf8(), masked, keptBytes, max);
  }

  /**
   * Where the findings are: JSON pointers (RFC 6901) into the {@linkplain Sensitivity#STRICT
   * strictly} masked value, so that keys that are PII do not leak. In order, each once, at most
   * {@value #POINTERS_MAX}.
   */
  public List<String> pointers() {
    if (isClean()) {
      return List.of();
    }
    if (splices.hasStrings()) {
      Skeleton skeleton = splices.skeleton(Sensitivity.STRICT);
      return Pointers.of(skeleton.json(), skeleton.places(), POINTERS_MAX);
    }
    int[] places = splices.places(Sensitivity.STRICT, Integer.MAX_VALUE);
    return Pointers.of(masked(Sensitivity.STRICT).utf8(), places, POINTERS_MAX);
  }

  /** Says what was found, never the value. */
  @Override
  public String toString() {
    return "Scan" + counts();
  }
}
