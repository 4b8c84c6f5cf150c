package io.mcpgovernor.pii;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fields whose values are masked whatever they hold, as a column masker has them: {@code
 * crm.customers.ssn}.
 *
 * <p>A rule is a path of names. The last one is the field: an object key at any depth of a result,
 * and everything beneath it. The others must all occur, in their order, among the server's name,
 * the tool's name, the tables it declares, and the keys around the field from the outside in:
 * {@code ssn} is for every tool, {@code get_customer.ssn} for one, {@code customers.address} covers
 * {@code street} within {@code address}.
 *
 * <p>In names only letters and digits count, without case: {@code customerSsn} is {@code
 * customer_ssn}. Where several rules cover a value the stricter one wins. Immutable and
 * thread-safe.
 */
public final class ColumnRules {
  /** How many rules there may be. */
  public static final int RULES_MAX = 1_000;

  /** How many names a path may have. */
  public static final int NAMES_MAX = 16;

  /** How long a name may be, in characters. */
  public static final int NAME_CHARS_MAX = 128;

  /** No rules. */
  public static final ColumnRules NONE = new ColumnRules(List.of());

  private final List<ColumnRule> rules;
  private final Columns ofUnknownTools;

  private ColumnRules(List<ColumnRule> rules) {
    this.rules = rules;
    this.ofUnknownTools =
        Columns.of(rules.stream().map(rule -> rule.after(rule.names().size() - 1)).toList());
  }

  /**
   * Rules by their paths.
   *
   * @param levels paths, such as {@code crm.customers.ssn}, and how their values are masked
   * @throws IllegalArgumentException if a path is not as it should be, if two paths that mean the
   *     same have different levels, or if there are more than {@value #RULES_MAX}
   */
  public static ColumnRules of(Map<String, Sensitivity> levels) {
    if (levels.isEmpty()) {
      return NONE;
    }
    if (levels.size() > RULES_MAX) {
      throw new IllegalArgumentException(
          "there are " + levels.size() + " column rules; there may be " + RULES_MAX);
    }
    Map<String, String> seen = new HashMap<>();
    List<ColumnRule> rules = new ArrayList<>();
    new LinkedHashMap<>(levels)
        .forEach(
            (path, level) -> {
              ColumnRule rule = ColumnRule.parse(path, level);
              String other = seen.putIfAbsent(rule.toString(), path);
              if (other == null) {
                rules.add(rule);
              } else if (levels.get(other) != level) {
                throw new IllegalArgumentException(
                    "the column rules "
                        + other
                        + " and "
                        + path
                        + " mean the same; give them one level, or keep one of them");
              }
            });
    return new ColumnRules(List.copyOf(rules));
  }

  /**
   * What the rules come to for a tool, so that only keys are left to be looked at.
   *
   * @param tables what the tool reads, in any order
   */
  public Columns forTool(String server, String tool, Collection<String> tables) {
    if (rules.isEmpty()) {
      return Columns.NONE;
    }
    List<byte[]> serverNames = ColumnName.namesIn(server);
    List<byte[]> toolNames = ColumnName.namesIn(tool);
    List<byte[]> tableNames = new ArrayList<>();
    tables.forEach(table -> tableNames.addAll(ColumnName.namesIn(table)));
    return Columns.of(
        rules.stream()
            .map(
                rule -> {
                  int matched = rule.match(0, serverNames);
                  matched = rule.match(matched, toolNames);
                  // In any order: as long as one of them takes the rule further.
                  int before = -1;
                  while (matched > before) {
                    before = matched;
                    matched = rule.match(matched, tableNames);
                  }
                  return rule.after(matched);
                })
            .toList());
  }

  /**
   * What the rules come to for a tool of which nothing is known, not even whether it exists: the
   * fields of all rules, whatever they stand under.
   */
  public Columns forUnknownTool() {
    return ofUnknownTools;
  }

  /** Says how many rules there are. */
  @Override
  public String toString() {
    return "ColumnRules[" + rules.size() + "]";
  }
}
