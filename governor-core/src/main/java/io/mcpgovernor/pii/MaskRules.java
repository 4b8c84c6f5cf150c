package io.mcpgovernor.pii;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which kinds are masked, and how: the choice of one {@link Masker}.
 *
 * <p>Immutable and thread-safe; its builder is not.
 */
public final class MaskRules {
  /** A key for hashes has at least so many bytes. */
  public static final int HASH_KEY_BYTES_MIN = 16;

  private static final MaskRules DEFAULTS = builder().build();

  private final Set<Kind> kinds;
  private final long bits;
  private final List<PiiDetector> detectors;
  private final MaskMode mode;
  private final Map<Kind, MaskMode> modes;
  private final Set<Kind> strict;
  private final @Nullable ValueHash hash;

  private MaskRules(Builder builder) {
    this.kinds = Set.copyOf(builder.kinds);
    this.bits = kinds.stream().mapToLong(Cue::bit).reduce(0, (a, b) -> a | b);
    this.detectors = List.copyOf(builder.detectors);
    this.mode = builder.mode;
    this.modes = Map.copyOf(builder.modes);
    this.strict = Set.copyOf(builder.strict);
    boolean hashes = mode == MaskMode.HASH || modes.containsValue(MaskMode.HASH);
    if (hashes && builder.hash == null) {
      throw new IllegalArgumentException(
          "mode HASH needs hashKey(...): without a key, anybody could try out values");
    }
    this.hash = builder.hash;
  }

  /** The kinds that are on by default, each with its own mask. */
  public static MaskRules defaults() {
    return DEFAULTS;
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts from these rules. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.kinds.clear();
    builder.kinds.addAll(kinds);
    builder.detectors.addAll(detectors);
    builder.mode = mode;
    builder.modes.putAll(modes);
    builder.strict.addAll(strict);
    builder.hash = hash;
    return builder;
  }

  /** The built-in kinds that are masked. */
  public Set<Kind> kinds() {
    return kinds;
  }

  List<PiiDetector> detectors() {
    return detectors;
  }

  /** Whether findings of this kind are masked. */
  boolean covers(Kind kind) {
    return kind.index() == Kind.NO_INDEX || (bits & Cue.bit(kind)) != 0;
  }

  /** The built-in kinds that are masked, a set of {@link Cue#bit}s. */
  long bits() {
    return bits;
  }

  /** What stands in the place of a text of some kind. */
  byte[] replacement(Kind kind, byte[] text, int from, int to, Sensitivity level) {
    // Nearly all rules have no modes of kinds, and large results hold thousands of findings.
    return switch (modes.isEmpty() ? mode : modes.getOrDefault(kind, mode)) {
      case MASK ->
          kind.mask(
              text,
              from,
              to,
              !strict.isEmpty() && strict.contains(kind) ? Sensitivity.STRICT : level);
      case REDACT -> kind.redaction();
      case HASH -> Objects.requireNonNull(hash).of(kind, text, from, to);
    };
  }

  /** Says which choice was made, never the key. */
  @Override
  public String toString() {
    // In one order, so that equal choices read alike in every process.
    Map<String, MaskMode> named = new TreeMap<>();
    modes.forEach((kind, forIt) -> named.put(kind.name(), forIt));
    return "MaskRules[kinds="
        + names(kinds)
        + ", mode="
        + mode
        + ", modes="
        + named
        + ", strict="
        + names(strict)
        + "]";
  }

  private static Set<String> names(Set<Kind> kinds) {
    Set<String> names = new TreeSet<>();
    kinds.forEach(kind -> names.add(kind.name()));
    return names;
  }

  /** Collects the choices. Not thread-safe. */
  public static final class Builder {
    private final Set<Kind> kinds = new LinkedHashSet<>(Kinds.defaults());
    private final List<PiiDetector> detectors = new ArrayList<>();
    private final Map<Kind, MaskMode> modes = new HashMap<>();
    private final Set<Kind> strict = new LinkedHashSet<>();
    private MaskMode mode = MaskMode.MASK;
    private @Nullable ValueHash hash;

    private Builder() {}

    /**
     * Masks these built-in kinds and no others.
     *
     * @throws IllegalArgumentException if one of them is not of the table
     */
    public Builder kinds(Collection<Kind> chosen) {
      kinds.clear();
      return with(chosen.toArray(new Kind[0]));
    }

    /**
     * Masks these built-in kinds as well, such as {@link Kinds#PERSON}, which are off by default.
     *
     * @throws IllegalArgumentException if one of them is not of the table
     */
    public Builder with(Kind... more) {
      for (Kind kind : more) {
        if (!Kinds.all().contains(kind)) {
          throw new IllegalArgumentException("no built-in kind: " + kind);
        }
        kinds.add(kind);
      }
      return this;
    }

    /** Leaves these kinds as they are. */
    public Builder without(Kind... fewer) {
      kinds.removeAll(Arrays.asList(fewer));
      return this;
    }

    /** Adds a detector of one's own beside the built-in one; its kinds are always masked. */
    public Builder detector(PiiDetector detector) {
      detectors.add(Objects.requireNonNull(detector));
      return this;
    }

    /** How every kind is masked that has no mode of its own. */
    public Builder mode(MaskMode forAll) {
      mode = Objects.requireNonNull(forAll);
      return this;
    }

    /** How one kind is masked. */
    public Builder mode(Kind kind, MaskMode forIt) {
      modes.put(Objects.requireNonNull(kind), Objects.requireNonNull(forIt));
      return this;
    }

    /** Masks these kinds {@link Sensitivity#STRICT strictly} whatever the tool's level. */
    public Builder strict(Kind... kindsOfThem) {
      strict.addAll(Arrays.asList(kindsOfThem));
      return this;
    }

    /**
     * The secret under which {@link MaskMode#HASH} hashes. Whoever has it can try out values.
     *
     * @param key at least {@value MaskRules#HASH_KEY_BYTES_MIN} bytes from a random source; copied
     * @throws IllegalArgumentException if it is shorter
     */
    public Builder hashKey(byte[] key) {
      if (key.length < HASH_KEY_BYTES_MIN) {
        throw new IllegalArgumentException(
            "a hash key has at least " + HASH_KEY_BYTES_MIN + " bytes");
      }
      hash = new ValueHash(key);
      return this;
    }

    /**
     * Makes the rules.
     *
     * @throws IllegalArgumentException if a mode is {@link MaskMode#HASH} and there is no key
     */
    public MaskRules build() {
      return new MaskRules(this);
    }
  }
}
