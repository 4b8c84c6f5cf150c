package io.mcpgovernor.call;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One place of a result that does not fit what its tool promises, and what would fit there.
 *
 * @param path names and indexes from the root of the result to the place; empty for the result
 *     itself. It may hold names from the result, so it is not for messages.
 * @param ofKeys whether it is the keys of the object at that place that do not fit, not its value
 * @param keyword what was not kept to, as JSON Schema calls it; empty if nobody knows
 * @param wanted what the schema says of the place, as far as a single value can keep to it: {@code
 *     type}, {@code format}, {@code maximum} and the like; may be empty
 * @param fits whether a string, number or boolean keeps to what is wanted. The same object for the
 *     same place of a schema; thread-safe.
 * @param sentence the place and the keyword in words of the schema, without any value
 */
public record Misfit(
    List<String> path,
    boolean ofKeys,
    String keyword,
    Map<String, ?> wanted,
    Predicate<Object> fits,
    String sentence) {
  /** A result that does not fit, nobody knows where. */
  public static Misfit somewhere(String sentence) {
    return new Misfit(List.of(), false, "", Map.of(), value -> false, sentence);
  }

  /** The format that is wanted, or null. */
  public @Nullable String format() {
    return wanted.get("format") instanceof String format ? format : null;
  }

  /** The sentence, without any value. */
  @Override
  public String toString() {
    return sentence;
  }
}
