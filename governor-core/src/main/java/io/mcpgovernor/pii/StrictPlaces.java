package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Places of a result that are masked {@link Sensitivity#STRICT strictly} whatever the tool's level:
 * JSON pointers (RFC 6901) in which {@code *} stands for any key or index. A pointer covers what it
 * points to and everything beneath.
 *
 * <p>What is masked strictly at one place is masked strictly wherever else it stands in that
 * result: in the text beside structured content, in JSON inside text.
 *
 * <p>Immutable and thread-safe.
 */
public final class StrictPlaces {
  /** How many pointers there may be. */
  public static final int POINTERS_MAX = 1_000;

  /** How long a pointer may be, in characters. */
  public static final int POINTER_CHARS_MAX = 1_024;

  /** Nowhere. */
  public static final StrictPlaces NONE = new StrictPlaces(List.of());

  private static final String ANY = "*";

  private final List<List<String>> rules;

  private StrictPlaces(List<List<String>> rules) {
    this.rules = rules;
  }

  /**
   * Places by their pointers.
   *
   * @throws IllegalArgumentException if one is no JSON pointer or too long, or there are too many
   */
  public static StrictPlaces of(Collection<String> pointers) {
    if (pointers.isEmpty()) {
      return NONE;
    }
    if (pointers.size() > POINTERS_MAX) {
      throw new IllegalArgumentException(
          "there are " + pointers.size() + " strict places; there may be " + POINTERS_MAX);
    }
    return new StrictPlaces(pointers.stream().map(StrictPlaces::parse).toList());
  }

  /** Whether there is no such place. */
  public boolean isEmpty() {
    return rules.isEmpty();
  }

  private static List<String> parse(String pointer) {
    if (pointer.length() > POINTER_CHARS_MAX) {
      throw new IllegalArgumentException(
          "a JSON pointer may have " + POINTER_CHARS_MAX + " characters: " + pointer);
    }
    if (!pointer.isEmpty() && pointer.charAt(0) != '/') {
      throw new IllegalArgumentException("a JSON pointer begins with '/': " + pointer);
    }
    if (pointer.matches("(?s).*~(?![01]).*")) {
      throw new IllegalArgumentException(
          "in a JSON pointer, '~' is written '~0' and '/' in a key '~1': " + pointer);
    }
    List<String> tokens = new ArrayList<>();
    if (!pointer.isEmpty()) {
      for (String token : pointer.substring(1).split("/", -1)) {
        tokens.add(token.replace("~1", "/").replace("~0", "~"));
      }
    }
    return List.copyOf(tokens);
  }

  /** The replacements of a value, those at these places strict; the same object if none is. */
  Splices applied(Splices splices) {
    BitSet strict = new BitSet();
    List<int[]> values = new ArrayList<>();
    int[] places = new int[splices.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = splices.from(i);
    }
    Pointers.visit(
        splices.source(),
        places,
        (first, end, path) -> {
          values.add(new int[] {first, end});
          if (cover(path)) {
            strict.set(first, end);
          }
          return true;
        });
    if (strict.isEmpty()) {
      return splices;
    }
    addTwins(splices, strict);
    for (int[] value : values) {
      keepWithOrdinals(splices, strict, value[0], value[1]);
    }
    return splices.withStrict(strict);
  }

  private boolean cover(List<String> path) {
    return rules.stream().anyMatch(rule -> covers(rule, path));
  }

  private static boolean covers(List<String> rule, List<String> path) {
    if (rule.size() > path.size()) {
      return false;
    }
    for (int i = 0; i < rule.size(); i++) {
      if (!rule.get(i).equals(ANY) && !rule.get(i).equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Otherwise the last digits of a number would still stand in the text beside it. */
  private static void addTwins(Splices splices, BitSet strict) {
    Set<String> values = new HashSet<>();
    strict.stream().forEach(i -> values.add(value(splices, i)));
    for (int i = 0; i < splices.size(); i++) {
      if (splices.kind(i) != null && values.contains(value(splices, i))) {
        strict.set(i);
      }
    }
  }

  /** A key and what keeps it apart from others are of one level. */
  private static void keepWithOrdinals(Splices splices, BitSet strict, int first, int end) {
    for (int i = first; i < end; i++) {
      if (splices.kind(i) == null && !strict.get(first, end).isEmpty()) {
        strict.set(first, end);
        return;
      }
    }
  }

  private static String value(Splices splices, int i) {
    return new String(
        splices.source(),
        splices.from(i),
        splices.to(i) - splices.from(i),
        StandardCharsets.ISO_8859_1);
  }

  /** Says how many there are. */
  @Override
  public String toString() {
    return "StrictPlaces[" + rules.size() + "]";
  }
}
