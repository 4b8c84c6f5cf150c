package io.mcpgovernor.pii;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A text that stood encoded in a value, masked at both levels. Immutable; the arrays must not be
 * changed.
 */
final class MaskedText {
  private final byte[] standard;
  private final byte[] strict;
  private final Kind kind;
  private final Map<String, Integer> counts;
  private final List<Splices> found;

  private MaskedText(
      byte[] standard, byte[] strict, Kind kind, Map<String, Integer> counts, List<Splices> found) {
    this.standard = standard;
    this.strict = strict;
    this.kind = kind;
    this.counts = counts;
    this.found = found;
  }

  /** One text; null if nothing is found in it. */
  static @Nullable MaskedText of(Splices found) {
    return found.isEmpty()
        ? null
        : new MaskedText(
            found.render(Sensitivity.STANDARD),
            found.render(Sensitivity.STRICT),
            found.firstKind(),
            found.counts(),
            List.of(found));
  }

  byte[] standard() {
    return standard;
  }

  byte[] strict() {
    return strict;
  }

  /** The first that was found in it. */
  Kind kind() {
    return kind;
  }

  /** How many findings of each kind, by name. */
  Map<String, Integer> counts() {
    return counts;
  }

  /** What was found, in the text as it was decoded. */
  List<Splices> found() {
    return found;
  }

  /** The same, written in another way. */
  MaskedText with(UnaryOperator<byte[]> written) {
    return new MaskedText(written.apply(standard), written.apply(strict), kind, counts, found);
  }

  /** Puts lines together that were masked one by one. */
  static final class Lines {
    private final ByteArrayOutputStream standard = new ByteArrayOutputStream();
    private final ByteArrayOutputStream strict = new ByteArrayOutputStream();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<Splices> found = new ArrayList<>();
    private @Nullable Kind kind;

    void add(byte[] line, @Nullable MaskedText masked) {
      standard.writeBytes(masked == null ? line : masked.standard);
      strict.writeBytes(masked == null ? line : masked.strict);
      if (masked != null) {
        kind = kind == null ? masked.kind : kind;
        found.addAll(masked.found);
        masked.counts.forEach((name, count) -> counts.merge(name, count, Integer::sum));
      }
    }

    @Nullable MaskedText all() {
      return kind == null
          ? null
          : new MaskedText(
              standard.toByteArray(), strict.toByteArray(), kind, counts, List.copyOf(found));
    }
  }
}
