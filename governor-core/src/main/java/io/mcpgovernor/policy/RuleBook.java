package io.mcpgovernor.policy;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.policy.Rule.Mode;
import io.mcpgovernor.policy.Rule.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one configuration, in its order, and for each tool those that are about it: a call
 * is never asked about the others. Thread-safe.
 */
public final class RuleBook {
  /** No rules. */
  public static final RuleBook EMPTY = new RuleBook(List.of());

  /**
   * A rule that is in force, with the windows it counts in.
   *
   * @param limit counts its calls, if that is its effect
   */
  public record Entry(Rule rule, @Nullable RateLimit limit) {}

  /**
   * The rules about one tool, each list in order.
   *
   * @param hiding may hide it
   * @param onCall are asked before a call
   * @param onResult are asked about its result
   */
  public record ForTool(List<Entry> hiding, List<Entry> onCall, List<Entry> onResult) {
    /** There are none. */
    public static final ForTool NONE = new ForTool(List.of(), List.of(), List.of());

    /** Whether there are none. */
    public boolean isEmpty() {
      return hiding.isEmpty() && onCall.isEmpty() && onResult.isEmpty();
    }
  }

  private final List<Entry> entries;
  // Weak keys compare by identity: a tool that is registered anew is looked at anew.
  private final LoadingCache<Tool, ForTool> byTool =
      Caffeine.newBuilder().weakKeys().build(this::about);

  private RuleBook(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * The rules of a configuration. Limits go on counting where those of the book before it end, as
   * far as they count the same.
   *
   * @param rules in their order; those that are off are left out
   * @param before the book that this one replaces, or {@link #EMPTY}
   * @throws IllegalArgumentException if two have one name, or a limit cannot be
   */
  public static RuleBook of(List<Rule> rules, RuleBook before, TimeSource time) {
    Map<String, RateLimit> known = new HashMap<>();
    before.limits().forEach(limit -> known.put(limit.code().name(), limit));
    Set<String> names = new HashSet<>();
    List<Entry> entries = new ArrayList<>();
    for (Rule rule : rules) {
      if (!names.add(rule.name())) {
        throw new IllegalArgumentException("there are two rules named " + rule.name());
      }
      if (rule.mode() != Mode.OFF) {
        entries.add(new Entry(rule, limit(rule, known.get(rule.code().name()), time)));
      }
    }
    return entries.isEmpty() ? EMPTY : new RuleBook(entries);
  }

  private static @Nullable RateLimit limit(Rule rule, @Nullable RateLimit known, TimeSource time) {
    if (!(rule.effect() instanceof Effect.Limit wanted)) {
      return null;
    }
    RateLimit limit =
        new RateLimit(rule.code(), wanted.calls(), wanted.window(), wanted.by(), time);
    return known != null && known.countsLike(limit) ? known.with(wanted.calls()) : limit;
  }

  /** Every rule that is in force, in order. */
  public List<Entry> entries() {
    return entries;
  }

  /** The limits of those that limit. */
  public List<RateLimit> limits() {
    List<RateLimit> limits = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.limit != null) {
        limits.add(entry.limit);
      }
    }
    return limits;
  }

  /** The rules about a tool. */
  public ForTool of(Tool tool) {
    return entries.isEmpty() ? ForTool.NONE : byTool.get(tool);
  }

  private ForTool about(Tool tool) {
    List<Entry> hiding = new ArrayList<>();
    List<Entry> onCall = new ArrayList<>();
    List<Entry> onResult = new ArrayList<>();
    for (Entry entry : entries) {
      Rule rule = entry.rule;
      if (rule.tools().test(tool)) {
        List<Entry> place =
            rule.moment() == Moment.RESULT
                ? onResult
                : rule.effect() instanceof Effect.Hide ? hiding : onCall;
        place.add(entry);
      }
    }
    return new ForTool(List.copyOf(hiding), List.copyOf(onCall), List.copyOf(onResult));
  }
}
