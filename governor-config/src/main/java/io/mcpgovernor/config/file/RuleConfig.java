package io.mcpgovernor.config.file;

import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.policy.RateLimit.By;
import io.mcpgovernor.policy.Rule;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule as the file has it: for some tools, under a condition, with one effect. The condition is
 * not compiled yet.
 *
 * @param name unique among the rules
 * @param when the condition, in CEL
 * @param tools the tools it is about, names with wildcards
 * @param on whether it is asked before the call or about its result
 * @param mode whether its effect counts
 * @param deny denies the call, or withholds the result
 * @param limit allows so many such calls
 * @param mask masks the result by more than the tool's own level
 * @param hide hides the tool
 */
@OneOf({"deny", "limit", "mask", "hide"})
public record RuleConfig(
    @Key(
            value = "Its name; its denials have the code rule:name.",
            form = WordForm.RULE,
            example = "no-bulk-export")
        String name,
    @Key(
            value = "The condition, in CEL, in quotes where YAML needs them.",
            form = WordForm.CONDITION,
            unless = "\"true\"",
            example = "'tool.name == \"export\" && args.limit > 1000'")
        PlacedText when,
    @Key(
            value = "The tools it is about, by names with wildcards; all if left out.",
            form = WordForm.TOOLS,
            single = true,
            min = "1",
            unless = "[\"*\"]",
            example = "[\"crm.export_*\"]")
        List<String> tools,
    @Key(
            value = "call: asked before the call runs. result: asked about its result.",
            unless = "call",
            example = "result")
        Rule.Moment on,
    @Key(
            value =
                "enforce: its effect counts. shadow: what it says goes on record, and nothing comes"
                    + " of it. off: it is not asked.",
            unless = "enforce",
            example = "shadow")
        Rule.Mode mode,
    @Key("Denies the call, or withholds the result.") @Nullable DenyConfig deny,
    @Key("Allows so many calls for which the condition holds.") @Nullable LimitConfig limit,
    @Key("Masks the result by more than the tool's own level.") @Nullable MaskConfig mask,
    @Key("Hides the tool from lists, and answers calls as if it did not exist: {}.")
        @Nullable HideConfig hide)
    implements Checked {

  @Override
  public void check(Report report) {
    if (on == Rule.Moment.RESULT && limit != null) {
      report.at("a rule about results can deny or mask", "limit");
    }
    if (on == Rule.Moment.RESULT && hide != null) {
      report.at("a rule about results can deny or mask", "hide");
    }
  }

  /**
   * A denial.
   *
   * @param reason one sentence that may be shown to a model
   * @param suggestions what can be done about it
   */
  public record DenyConfig(
      @Key(
              value =
                  "One sentence that may be shown to a model; it may quote numbers, booleans and"
                      + " values of enums: {args.limit}.",
              form = WordForm.SENTENCE,
              example = "\"Exports are limited to 1,000 rows.\"")
          PlacedText reason,
      @Key(
              value = "What a person or agent can do about it; at least one.",
              form = WordForm.SENTENCE,
              single = true,
              min = "1",
              most = 8,
              example = "[\"Ask for at most 1,000 rows.\"]")
          List<String> suggestions) {}

  /**
   * A limit.
   *
   * @param rate how many calls in any window
   * @param by what is counted apart
   */
  public record LimitConfig(
      @Key(value = "How many calls in any window of time: calls/time.", example = "10/1h")
          Rate rate,
      @Key(
              value = "What is counted apart: user, tenant, server, tool.",
              unless = "[user]",
              min = "1",
              example = "[tenant]")
          Set<By> by) {}

  /**
   * A mask.
   *
   * @param level how much stays readable
   * @param kinds kinds of PII that are masked as well
   */
  public record MaskConfig(
      @Key(
              value = "How much of a masked value stays readable: standard or strict.",
              unless = "standard",
              example = "strict")
          Sensitivity level,
      @Key(
              value = "Kinds of PII that are masked as well.",
              form = WordForm.KIND,
              unless = "[]",
              example = "[person]")
          Set<String> kinds) {}

  /** That the tool is hidden; there is no more to say. */
  public record HideConfig() {}
}
