package io.mcpgovernor.pii;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is to stand in the place of what in an array of bytes: in order, without overlaps, each with
 * its replacement for both levels, as it has to be written there.
 *
 * <p>Filled by one thread; once filled, safe to read from any. Takes some 50 bytes a finding.
 */
final class Splices {
  private static final byte[] NOTHING = {};
  private static final int[] NONE_LONG = {};

  /** What every clean value has. */
  static final Splices NONE = new Splices();

  /** One replacement. */
  private static final class Splice {
    final int from;
    final int to;

    /** What was found, or null for an addition that is no finding: a key's ordinal. */
    final @Nullable Kind kind;

    byte[] standard;
    byte[] strict;

    /** Where text was encoded, how much of what was found in it; otherwise null. */
    @Nullable Map<String, Integer> within;

    /** Where text was encoded, what was found in it. */
    List<Splices> encoded = List.of();

    Splice(int from, int to, @Nullable Kind kind, byte[] standard, byte[] strict) {
      this.from = from;
      this.to = to;
      this.kind = kind;
      this.standard = standard;
      this.strict = strict;
    }

    byte[] replacement(Sensitivity level) {
      return level == Sensitivity.STRICT ? strict : standard;
    }
  }

  /**
   * See {@link #skeleton}.
   *
   * @param places where findings begin, ascending, one for each long string
   */
  record Skeleton(byte[] json, int[] places) {}

  private byte[] source = NOTHING;
  private List<Splice> splices = List.of(); // nearly always to the end
  private Unscanned unscanned = Unscanned.NONE;
  private int[] strings = NONE_LONG; // where each begins, and where it ends
  private int stringBounds;

  /** Points to an array, as long as nothing was added. */
  Splices in(byte[] array) {
    source = array;
    return this;
  }

  byte[] source() {
    return source;
  }

  int size() {
    return splices.size();
  }

  /** Whether a long string was noted. */
  boolean hasStrings() {
    return stringBounds > 0;
  }

  boolean isEmpty() {
    return splices.isEmpty();
  }

  void add(int from, int to, Kind kind, byte[] standard, byte[] strict) {
    add(new Splice(from, to, kind, standard, strict));
  }

  /** Adds what was encoded and is masked within. */
  void add(int from, int to, MaskedText masked) {
    Splice splice = new Splice(from, to, masked.kind(), masked.standard(), masked.strict());
    splice.within = masked.counts();
    splice.encoded = masked.found();
    add(splice);
  }

  /** Notes what could not be read. */
  Splices unscanned(Unscanned unread) {
    unscanned = unread;
    return this;
  }

  Unscanned unscanned() {
    return unscanned;
  }

  /**
   * Notes a long string of the source with findings in it, so that {@link #skeleton} can leave out
   * what is in it.
   */
  void addString(int from, int to) {
    if (stringBounds == strings.length) {
      strings = Arrays.copyOf(strings, Math.max(8, 2 * stringBounds));
    }
    strings[stringBounds++] = from;
    strings[stringBounds++] = to;
  }

  /** The same replacements, some of them strict at both levels. */
  Splices withStrict(BitSet chosen) {
    Splices raised = new Splices().in(source).unscanned(unscanned);
    raised.strings = strings;
    raised.stringBounds = stringBounds;
    for (int i = 0; i < splices.size(); i++) {
      Splice splice = splices.get(i);
      if (chosen.get(i)) {
        Splice strictly =
            new Splice(splice.from, splice.to, splice.kind, splice.strict, splice.strict);
        strictly.within = splice.within;
        strictly.encoded = splice.encoded;
        raised.add(strictly);
      } else {
        raised.add(splice);
      }
    }
    return raised;
  }

  /** Where a replacement begins in the source. */
  int from(int i) {
    return splices.get(i).from;
  }

  /** Where what it replaces ends, exclusive. */
  int to(int i) {
    return splices.get(i).to;
  }

  /** What was found, or null for an addition that is no finding. */
  @Nullable Kind kind(int i) {
    return splices.get(i).kind;
  }

  /** What was found in encoded text; empty where the text was not encoded. */
  List<Splices> encoded(int i) {
    return splices.get(i).encoded;
  }

  /** Takes over a replacement of others, made for the same source. */
  void add(Splices others, int i) {
    add(others.splices.get(i));
  }

  /** Adds what is the same at both levels and no finding: a surrogate in a finding's place. */
  void addSurrogate(int from, int to, byte[] surrogate) {
    add(new Splice(from, to, null, surrogate, surrogate));
  }

  /** Keeps a place for an addition at {@code at} and gives its number. */
  int reserve(int at) {
    add(new Splice(at, at, null, NOTHING, NOTHING));
    return splices.size() - 1;
  }

  private void add(Splice splice) {
    if (splices.isEmpty()) {
      splices = new ArrayList<>();
    }
    splices.add(splice);
  }

  /** Says what is added at a reserved place. */
  void fill(int reserved, byte[] standard, byte[] strict) {
    Splice place = splices.get(reserved);
    place.standard = standard;
    place.strict = strict;
  }

  /** Forgets all but the first {@code size}. */
  void truncate(int size) {
    if (size == 0) {
      splices = List.of();
      stringBounds = 0;
    } else {
      splices.subList(size, splices.size()).clear();
    }
  }

  /** The whole source with its replacements. */
  byte[] render(Sensitivity level) {
    return render(0, source.length, splices, level);
  }

  /**
   * A part of the source with its replacements.
   *
   * @param last the number of the last splice that lies in that part
   */
  byte[] render(int from, int to, int last, Sensitivity level) {
    int first = last;
    while (first > 0 && splices.get(first - 1).from >= from) {
      first--;
    }
    return render(from, to, splices.subList(first, last + 1), level);
  }

  /** How long the whole source with its replacements is. */
  int bytes(Sensitivity level) {
    long bytes = source.length;
    for (Splice splice : splices) {
      bytes += splice.replacement(level).length - (splice.to - splice.from);
    }
    return Math.toIntExact(bytes);
  }

  /** The first bytes of the source with its replacements, which has at least so many. */
  byte[] head(Sensitivity level, int bytes) {
    ByteArrayOutputStream head = new ByteArrayOutputStream(bytes);
    int read = 0;
    for (Splice splice : splices) {
      int before = Math.min(splice.from - read, bytes - head.size());
      head.write(source, read, before);
      byte[] replacement = splice.replacement(level);
      head.write(replacement, 0, Math.min(replacement.length, bytes - head.size()));
      read = splice.to;
      if (head.size() == bytes) {
        return head.toByteArray();
      }
    }
    head.write(source, read, bytes - head.size());
    return head.toByteArray();
  }

  private byte[] render(int from, int to, List<Splice> within, Sensitivity level) {
    long size = (long) to - from;
    for (Splice splice : within) {
      size += splice.replacement(level).length - (splice.to - splice.from);
    }
    byte[] rendered = new byte[Math.toIntExact(size)];
    int read = from;
    int written = 0;
    for (Splice splice : within) {
      System.arraycopy(source, read, rendered, written, splice.from - read);
      written += splice.from - read;
      byte[] replacement = splice.replacement(level);
      System.arraycopy(replacement, 0, rendered, written, replacement.length);
      written += replacement.length;
      read = splice.to;
    }
    System.arraycopy(source, read, rendered, written, to - read);
    return rendered;
  }

  /** Where the first findings, at most {@code max}, begin in what {@link #render} gives. */
  int[] places(Sensitivity level, int max) {
    int[] places = new int[Math.min(max, splices.size())];
    int count = 0;
    int shift = 0;
    for (Splice splice : splices) {
      if (splice.kind != null && count < places.length) {
        places[count++] = splice.from + shift;
      }
      shift += splice.replacement(level).length - (splice.to - splice.from);
    }
    return Arrays.copyOf(places, count);
  }

  /**
   * The source with its replacements, but the long strings that were noted left empty, and where
   * findings begin in it: what is needed to say where they are.
   */
  Skeleton skeleton(Sensitivity level) {
    ByteArrayOutputStream json = new ByteArrayOutputStream(1_024);
    int[] places = new int[splices.size()];
    int count = 0;
    int read = 0;
    int next = 0;
    for (int i = 0; i <= stringBounds; i += 2) {
      int from = i < stringBounds ? strings[i] : source.length;
      for (; next < splices.size() && splices.get(next).from < from; next++) {
        Splice splice = splices.get(next);
        json.write(source, read, splice.from - read);
        if (splice.kind != null) {
          places[count++] = json.size();
        }
        json.writeBytes(splice.replacement(level));
        read = splice.to;
      }
      json.write(source, read, from - read);
      read = from;
      if (i < stringBounds) {
        read = strings[i + 1];
        int first = next;
        while (next < splices.size() && splices.get(next).from < read) {
          next++;
        }
        if (next > first) {
          places[count++] = json.size();
        }
      }
    }
    return new Skeleton(json.toByteArray(), Arrays.copyOf(places, count));
  }

  /** The kind of the first finding; there is one. */
  Kind firstKind() {
    for (Splice splice : splices) {
      if (splice.kind != null) {
        return splice.kind;
      }
    }
    throw new IllegalStateException("nothing was found");
  }

  /** What was found, in order. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>(splices.size());
    for (Splice splice : splices) {
      if (splice.kind != null) {
        findings.add(new Finding(splice.from, splice.to, splice.kind));
      }
    }
    return findings;
  }

  /** How many findings of each kind, by its name, in alphabetical order. */
  Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    for (Splice splice : splices) {
      if (splice.within != null) {
        splice.within.forEach((name, count) -> counts.merge(name, count, Integer::sum));
      } else if (splice.kind != null) {
        counts.merge(splice.kind.name(), 1, Integer::sum);
      }
    }
    return counts;
  }
}
