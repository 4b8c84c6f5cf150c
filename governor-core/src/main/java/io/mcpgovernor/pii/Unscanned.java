package io.mcpgovernor.pii;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was in a value and could not be read, by media type: how many pictures and sounds, and how
 * many other binaries. Bounded in size, and free of PII: media types are made up by whoever sent
 * them.
 *
 * <p>Immutable and thread-safe.
 */
public final class Unscanned {
  /** Everything could be read. */
  public static final Unscanned NONE = new Unscanned(new TreeMap<>(), new TreeMap<>());

  /** How many media types are told apart; the rest counts as {@value #OTHER}. */
  static final int TYPES_MAX = 16;

  private static final String OTHER = "other";
  private static final String UNKNOWN = "unknown";

  /** No digits but in a few places: a type is no place for a telephone number. */
  private static final Pattern TYPE =
      Pattern.compile("[a-z]{1,16}/[a-z][a-z.+-]{0,62}(?:[0-9]{1,2}[a-z-]{0,8})?");

  private final Map<String, Integer> media;
  private final Map<String, Integer> binaries;

  private Unscanned(Map<String, Integer> media, Map<String, Integer> binaries) {
    this.media = Collections.unmodifiableMap(media);
    this.binaries = Collections.unmodifiableMap(binaries);
  }

  /** Pictures and sounds: how many of each media type, in alphabetical order. */
  public Map<String, Integer> media() {
    return media;
  }

  /** Binaries that are neither, in the same way. */
  public Map<String, Integer> binaries() {
    return binaries;
  }

  /** Both together. */
  public Map<String, Integer> all() {
    if (binaries.isEmpty()) {
      return media;
    }
    Map<String, Integer> all = new TreeMap<>(media);
    binaries.forEach((type, count) -> all.merge(type, count, Integer::sum));
    return Collections.unmodifiableMap(all);
  }

  /** These and one more. */
  Unscanned with(@Nullable String type, boolean isMedia) {
    Map<String, Integer> counts = new TreeMap<>(isMedia ? media : binaries);
    String shown = shown(type);
    boolean isOneTooMany = counts.size() >= TYPES_MAX && !counts.containsKey(shown);
    counts.merge(isOneTooMany ? OTHER : shown, 1, Integer::sum);
    return isMedia ? new Unscanned(counts, binaries) : new Unscanned(media, counts);
  }

  private static String shown(@Nullable String type) {
    if (type == null) {
      return UNKNOWN;
    }
    String lower = type.toLowerCase(Locale.ROOT);
    return TYPE.matcher(lower).matches() ? lower : OTHER;
  }

  /** What it is, by media type. */
  @Override
  public String toString() {
    return "Unscanned" + all();
  }
}
