package io.mcpgovernor;

import io.mcpgovernor.pii.Kind;
import io.mcpgovernor.pii.Kinds;
import io.mcpgovernor.pii.MaskRules;
import io.mcpgovernor.pii.Masker;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The masker of one version of the settings, and those that mask some kinds more. Thread-safe. */
final class Maskers {
  /** Of more sets of kinds, each masker is made anew, which takes longer and comes to the same. */
  private static final int KEPT_MAX = 64;

  private final MaskRules rules;
  private final Masker usual;
  private final Map<Set<String>, Masker> more = new ConcurrentHashMap<>();

  Maskers(MaskRules rules) {
    this.rules = rules;
    this.usual = new Masker(rules);
  }

  /** The usual one. */
  Masker usual() {
    return usual;
  }

  /**
   * One that masks more.
   *
   * @param kinds names of built-in kinds
   * @throws IllegalArgumentException if there is no such kind
   */
  Masker with(Set<String> kinds) {
    if (kinds.isEmpty()) {
      return usual;
    }
    Masker known = more.get(kinds);
    if (known == null) {
      known = made(kinds);
      if (more.size() < KEPT_MAX) {
        more.put(Set.copyOf(kinds), known);
      }
    }
    return known;
  }

  private Masker made(Set<String> kinds) {
    MaskRules.Builder builder = rules.toBuilder();
    for (String name : kinds) {
      Kind kind =
          Kinds.named(name)
              .orElseThrow(() -> new IllegalArgumentException("there is no kind " + name));
      builder.with(kind);
    }
    return new Masker(builder.build());
  }
}
