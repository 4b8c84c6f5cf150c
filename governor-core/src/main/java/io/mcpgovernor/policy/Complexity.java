package io.mcpgovernor.policy;

import io.mcpgovernor.call.ToolCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A call must not ask for too much at once: 10, plus a hundredth of the characters of its query
 * text, plus 5 an argument, plus 10 a level of nesting, stays below a maximum ({@code complexity}).
 *
 * <p>Query text is a string that is a query by the name it goes under or by its first word. Other
 * long strings (the body of a file) are content and a matter of size. Thread-safe.
 */
public final class Complexity implements InstantPolicy {
  private static final int BASE = 10;
  private static final double CHARACTERS_PER_POINT = 100;
  private static final int PER_ARGUMENT = 5;
  private static final int PER_LEVEL = 10;

  private static final int SHORTEST_QUERY_WORD = 4;

  private static final Set<String> QUERY_NAMES =
      Set.of(
          "query",
          "sql",
          "statement",
          "filter",
          "where",
          "expression",
          "search",
          "graphql",
          "cypher",
          "sparql",
          "jql",
          "kql");
  private static final Set<String> QUERY_WORDS =
      Set.of(
          "select",
          "insert",
          "update",
          "delete",
          "with",
          "merge",
          "create",
          "drop",
          "alter",
          "truncate",
          "explain",
          "call",
          "exec",
          "grant",
          "query",
          "mutation",
          "subscription",
          "match");

  // What calls without query text come to, by nesting and number of arguments, for those small
  // enough to be nearly all. Found once each: the facts of every call are on record, and made anew
  // they would be an eighth of all that a call allocates.
  private static final int ARGUMENTS_KNOWN = 16;
  private static final int LEVELS_KNOWN = 4;
  private final AtomicReferenceArray<@Nullable Decision> known =
      new AtomicReferenceArray<>(ARGUMENTS_KNOWN * LEVELS_KNOWN);

  private final int scoreBelow;

  /**
   * The rule.
   *
   * @param scoreBelow scores reach at most just below it
   */
  public Complexity(int scoreBelow) {
    if (scoreBelow < 1) {
      throw new IllegalArgumentException("the maximum score must be at least 1");
    }
    this.scoreBelow = scoreBelow;
  }

  /**
   * What a call weighs, and why.
   *
   * @param total the score
   * @param parts base, query_text, arguments, nesting; they add up to the score
   */
  public record Score(double total, Map<String, Object> parts) {}

  @Override
  public Decision decideNow(ToolCall call) {
    Map<String, @Nullable Object> arguments = call.arguments().object();
    Walk walk = Walk.over(arguments);
    if (walk.queryCharacters > 0
        || walk.depth >= LEVELS_KNOWN
        || arguments.size() >= ARGUMENTS_KNOWN) {
      return decide(score(arguments.size(), walk));
    }
    int place = walk.depth * ARGUMENTS_KNOWN + arguments.size();
    Decision decision = known.get(place);
    if (decision == null) {
      decision = decide(score(arguments.size(), walk));
      known.set(place, decision);
    }
    return decision;
  }

  /** What a call weighs. */
  public Score weigh(ToolCall call) {
    return score(call.arguments().object());
  }

  private Decision decide(Score score) {
    Map<String, Object> facts =
        Map.of("complexity_score", score.total, "complexity", score.parts, "max_score", scoreBelow);
    if (score.total < scoreBelow) {
      return Decision.allow(facts);
    }
    return new Decision.Deny(
        DenialCode.COMPLEXITY,
        "Too complex: this call scores "
            + text(score.total)
            + ", and calls must score below "
            + scoreBelow
            + ".",
        suggestions(score),
        null,
        facts);
  }

  /** Weighs arguments. */
  static Score score(Map<String, @Nullable Object> arguments) {
    return score(arguments.size(), Walk.over(arguments));
  }

  private static Score score(int arguments, Walk walk) {
    int perArguments = arguments * PER_ARGUMENT;
    int nesting = walk.depth * PER_LEVEL;
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("base", BASE);
    parts.put("query_text", walk.queryCharacters / CHARACTERS_PER_POINT);
    parts.put("arguments", perArguments);
    parts.put("nesting", nesting);
    // One division, so that the score is as exact as a double can be.
    double total =
        ((BASE + perArguments + nesting) * CHARACTERS_PER_POINT + walk.queryCharacters)
            / CHARACTERS_PER_POINT;
    return new Score(total, parts);
  }

  private static List<String> suggestions(Score score) {
    Map<String, String> advice =
        Map.of(
            "query_text", "Shorten the query, or split it into several simpler calls",
            "arguments", "Pass fewer arguments",
            "nesting", "Pass flatter arguments");
    List<String> suggestions = new ArrayList<>();
    score.parts.entrySet().stream()
        .filter(part -> advice.containsKey(part.getKey()) && weight(part.getValue()) > 0)
        .sorted(Comparator.comparingDouble(part -> -weight(part.getValue())))
        .forEach(
            part ->
                suggestions.add(
                    advice.get(part.getKey())
                        + " (it weighs "
                        + text(weight(part.getValue()))
                        + ")."));
    return suggestions.isEmpty()
        ? List.of("Ask an administrator for a higher maximum.")
        : suggestions;
  }

  private static double weight(Object part) {
    return ((Number) part).doubleValue();
  }

  private static String text(double score) {
    return score == Math.rint(score)
        ? Long.toString((long) score)
        : String.format(Locale.ROOT, "%.2f", score);
  }

  private static boolean isQuery(@Nullable String name, String text) {
    if (name != null && QUERY_NAMES.contains(name.toLowerCase(Locale.ROOT))) {
      return true;
    }
    int from = 0;
    while (from < text.length() && !Character.isLetter(text.charAt(from))) {
      if (text.charAt(from) == '{') {
        break;
      }
      from++;
    }
    int to = from;
    while (to < text.length() && to - from < 16 && Character.isLetter(text.charAt(to))) {
      to++;
    }
    return to - from >= SHORTEST_QUERY_WORD
        && QUERY_WORDS.contains(text.substring(from, to).toLowerCase(Locale.ROOT));
  }

  /** Adds up query characters and finds the deepest level. Arguments were bounded before. */
  private static final class Walk {
    private long queryCharacters;
    private int depth;

    private static Walk over(Map<String, @Nullable Object> arguments) {
      Walk walk = new Walk();
      if (!arguments.isEmpty()) {
        walk.members(arguments, 1);
      }
      return walk;
    }

    private void members(Map<?, ?> members, int level) {
      depth = Math.max(depth, level);
      members.forEach(
          (key, value) -> value(key instanceof String name ? name : null, value, level));
    }

    private void value(@Nullable String name, @Nullable Object value, int level) {
      if (value instanceof String text) {
        if (isQuery(name, text)) {
          queryCharacters += text.length();
        }
      } else if (value instanceof Map<?, ?> members) {
        members(members, level + 1);
      } else if (value instanceof List<?> items) {
        depth = Math.max(depth, level + 1);
        for (Object item : items) {
          value(name, item, level + 1);
        }
      }
    }
  }
}
