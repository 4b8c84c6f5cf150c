package io.mcpgovernor.policy;

import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A call must not ask for too much at once: 10, plus a hundredth of the characters of its query
 * text, plus 5 an argument, plus 10 a level of nesting, plus what a {@link QueryWeigher} finds in
 * the structure of its queries, stays below a maximum ({@code complexity}).
 *
 * <p>Query text is a string that is a query by the name it goes under or by its first word. Other
 * long strings (the body of a file) are content and a matter of size. Thread-safe.
 */
public final class Complexity implements InstantPolicy {
  private static final int BASE = 10;
  private static final double CHARACTERS_PER_POINT = 100;
  private static final int PER_ARGUMENT = 5;
  private static final int PER_LEVEL = 10;

  // What calls without query text come to, by nesting and number of arguments, for those small
  // enough to be nearly all. Found once each: the facts of every call are on record, and made anew
  // they would be an eighth of all that a call allocates. Tools may have limits of their own; so
  // many different ones have what they come to remembered.
  private static final int ARGUMENTS_KNOWN = 16;
  private static final int LEVELS_KNOWN = 4;
  private static final int LIMITS_KNOWN = 16;
  private volatile Known[] known = {};

  private static final int SUGGESTIONS_MAX = 3;
  private static final Pattern PLURAL = Pattern.compile("(?!1 )[0-9]");

  private final ToIntFunction<Tool> scoreBelow;
  private final QueryWeigher weigher;

  /**
   * The rule, blind to the structure of queries.
   *
   * @param scoreBelow scores reach at most just below it
   */
  public Complexity(int scoreBelow) {
    this(scoreBelow, QueryWeigher.NONE);
  }

  /**
   * The rule, with one maximum for all tools.
   *
   * @param scoreBelow scores reach at most just below it
   */
  public Complexity(int scoreBelow, QueryWeigher weigher) {
    this(tool -> scoreBelow, weigher);
    if (scoreBelow < 1) {
      throw new IllegalArgumentException("the maximum score must be at least 1");
    }
  }

  /**
   * The rule, with a maximum for each tool.
   *
   * @param scoreBelow asked at each call; scores reach at most just below it
   */
  public Complexity(ToIntFunction<Tool> scoreBelow, QueryWeigher weigher) {
    this.scoreBelow = scoreBelow;
    this.weigher = weigher;
  }

  /**
   * What a call weighs, and why.
   *
   * @param total the score
   * @param parts base, query_text, arguments, nesting and, where a query was weighed, structure;
   *     they add up to the score
   */
  public record Score(double total, Map<String, Object> parts) {}

  @Override
  public Decision decideNow(ToolCall call) {
    Map<String, @Nullable Object> arguments = call.arguments().object();
    int below = scoreBelow.applyAsInt(call.tool());
    Walk walk = Walk.over(arguments);
    if (walk.queryCharacters > 0
        || walk.depth >= LEVELS_KNOWN
        || arguments.size() >= ARGUMENTS_KNOWN) {
      Score score = score(arguments.size(), walk, Structure.NONE);
      if (score.total >= below || walk.queries.isEmpty()) {
        return decide(score, Structure.NONE, below); // not worth reading
      }
      Structure structure = Structure.of(walk.queries, weigher);
      return decide(score(arguments.size(), walk, structure), structure, below);
    }
    AtomicReferenceArray<@Nullable Decision> decisions = known(below);
    int place = walk.depth * ARGUMENTS_KNOWN + arguments.size();
    Decision decision = decisions == null ? null : decisions.get(place);
    if (decision == null) {
      decision = decide(score(arguments.size(), walk, Structure.NONE), Structure.NONE, below);
      if (decisions != null) {
        decisions.set(place, decision);
      }
    }
    return decision;
  }

  /** What a call weighs, its queries' structure included. */
  public Score weigh(ToolCall call) {
    Map<String, @Nullable Object> arguments = call.arguments().object();
    Walk walk = Walk.over(arguments);
    return score(arguments.size(), walk, Structure.of(walk.queries, weigher));
  }

  /** Below which score calls of a tool must stay. */
  public int scoreBelow(Tool tool) {
    return scoreBelow.applyAsInt(tool);
  }

  /** Decisions for one maximum, by place. */
  private record Known(int scoreBelow, AtomicReferenceArray<@Nullable Decision> decisions) {}

  private @Nullable AtomicReferenceArray<@Nullable Decision> known(int below) {
    Known[] all = known;
    for (Known one : all) {
      if (one.scoreBelow == below) {
        return one.decisions;
      }
    }
    if (all.length == LIMITS_KNOWN) {
      return null;
    }
    Known[] more = Arrays.copyOf(all, all.length + 1);
    more[all.length] = new Known(below, new AtomicReferenceArray<>(ARGUMENTS_KNOWN * LEVELS_KNOWN));
    known = more; // two at once, and one is made again: no harm
    return more[all.length].decisions;
  }

  private static Decision decide(Score score, Structure structure, int below) {
    Map<String, Object> facts =
        Map.of("complexity_score", score.total, "complexity", score.parts, "max_score", below);
    if (score.total < below) {
      return Decision.allow(facts);
    }
    return new Decision.Deny(
        DenialCode.COMPLEXITY,
        "Too complex: this call scores "
            + text(score.total)
            + ", and calls must score below "
            + below
            + ".",
        suggestions(score, structure),
        null,
        facts);
  }

  /** Weighs arguments. */
  static Score score(Map<String, @Nullable Object> arguments) {
    return score(arguments.size(), Walk.over(arguments), Structure.NONE);
  }

  private static Score score(int arguments, Walk walk, Structure structure) {
    int perArguments = arguments * PER_ARGUMENT;
    int nesting = walk.depth * PER_LEVEL;
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("base", BASE);
    parts.put("query_text", walk.queryCharacters / CHARACTERS_PER_POINT);
    parts.put("arguments", perArguments);
    parts.put("nesting", nesting);
    if (structure.isWeighed) {
      parts.put("structure", structure.points);
    }
    // One division, so that the score is as exact as a double can be.
    double total =
        ((BASE + perArguments + nesting + structure.points) * CHARACTERS_PER_POINT
                + walk.queryCharacters)
            / CHARACTERS_PER_POINT;
    return new Score(total, parts);
  }

  private static List<String> suggestions(Score score, Structure structure) {
    Map<String, String> advice =
        Map.of(
            "query_text", "Shorten the query, or split it into several simpler calls",
            "arguments", "Pass fewer arguments",
            "nesting", "Pass flatter arguments");
    Map<String, Double> suggestions = new LinkedHashMap<>(); // equal queries say the same
    score.parts.forEach(
        (name, part) -> {
          if (advice.containsKey(name)) {
            double points = weight(part);
            suggestions.put(advice.get(name) + " (it weighs " + text(points) + ").", points);
          }
        });
    structure.heaviest.forEach(
        part -> {
          String verb = PLURAL.matcher(part.what()).lookingAt() ? " weigh " : " weighs ";
          suggestions.put(
              part.advice() + ": " + part.what() + verb + text(part.points()) + ".", part.points());
        });
    List<String> heaviest =
        suggestions.entrySet().stream()
            .filter(suggestion -> suggestion.getValue() > 0)
            .sorted(Comparator.comparingDouble(suggestion -> -suggestion.getValue()))
            .limit(SUGGESTIONS_MAX)
            .map(Map.Entry::getKey)
            .toList();
    return heaviest.isEmpty() ? List.of("Ask an administrator for a higher maximum.") : heaviest;
  }

  private static double weight(Object part) {
    return ((Number) part).doubleValue();
  }

  private static String text(double score) {
    return score == Math.rint(score)
        ? Long.toString((long) score)
        : String.format(Locale.ROOT, "%.2f", score);
  }

  /**
   * What the queries of a call weigh by their structure.
   *
   * @param isWeighed whether any of them is of a kind that the weigher knows
   */
  private record Structure(boolean isWeighed, double points, List<QueryWeight.Part> heaviest) {
    private static final Structure NONE = new Structure(false, 0, List.of());

    /** So many are read; reading is costly, and the rest counts like the heaviest of them. */
    private static final int QUERIES_MAX = 32;

    private static Structure of(List<Query> queries, QueryWeigher weigher) {
      boolean isWeighed = false;
      double points = 0;
      double most = 0;
      List<QueryWeight.Part> heaviest = new ArrayList<>();
      for (Query query : queries.subList(0, Math.min(QUERIES_MAX, queries.size()))) {
        QueryWeight weight = weigher.weigh(query.name, query.text);
        if (weight != null) {
          isWeighed = true;
          points += weight.points();
          most = Math.max(most, weight.points());
          // Sorted, so that the first of each query are all that can be named.
          heaviest.addAll(
              weight.heaviest().subList(0, Math.min(SUGGESTIONS_MAX, weight.heaviest().size())));
        }
      }
      points += most * Math.max(0, queries.size() - QUERIES_MAX);
      return isWeighed ? new Structure(true, points, heaviest) : NONE;
    }
  }

  private record Query(String name, String text) {}

  /** Finds queries and the deepest level. Arguments were bounded before. */
  private static final class Walk {
    private List<Query> queries = List.of();
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
        if (QueryText.isQuery(name, text)) {
          if (queries.isEmpty()) {
            queries = new ArrayList<>(); // no sooner: most calls have none
          }
          queryCharacters += text.length();
          queries.add(new Query(name == null ? "" : name, text));
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
