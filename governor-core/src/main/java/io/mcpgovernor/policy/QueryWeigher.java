package io.mcpgovernor.policy;

import org.jspecify.annotations.Nullable;

/**
 * Says what the structure of a query weighs: its joins, its depth. Asked by {@link Complexity} for
 * each text of a call that is a query.
 *
 * <p>Implementations are pure (the same text weighs the same), thread-safe, come to an end in
 * bounded time for any text, and give text they cannot read the most they give any.
 */
@FunctionalInterface
public interface QueryWeigher {
  /** Weighs nothing. */
  QueryWeigher NONE = (name, query) -> null;

  /**
   * What a query weighs by its structure.
   *
   * @param name the argument it stands in, or the innermost field; empty if it has none
   * @param query the text
   * @return null if it is no query of a kind that this weigher knows
   */
  @Nullable QueryWeight weigh(String name, String query);

  /**
   * What its answers depend on, so that a policy version can tell: equal weighers say the same, in
   * any process.
   */
  default String settings() {
    return "";
  }
}
