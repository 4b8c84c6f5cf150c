package io.mcpgovernor.config.file;

import io.mcpgovernor.pii.Sensitivity;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a tool. Null leaves it to what the tool's code declares and the engine sees.
 *
 * @param requiresPii whether it reads PII, so that callers need the permission PII_READ
 * @param tenantScoped whether it works for one tenant
 * @param userArgument the argument that must name the caller
 * @param timeout how long it may run
 * @param complexity below which score calls of it must stay
 * @param masking how its results are masked
 * @param tags words that rules can ask for
 * @param tables what it reads, for rules about columns
 */
public record ToolConfig(
    @Key(
            value =
                "Whether it reads PII, so that callers need the permission PII_READ; seen by its"
                    + " name and description if left out.",
            example = "true")
        @Nullable Boolean requiresPii,
    @Key(
            value =
                "Whether it works for one tenant; seen by its parameters and the grants if left"
                    + " out.",
            example = "false")
        @Nullable Boolean tenantScoped,
    @Key(
            value = "The argument that must hold the caller's own name, if it is there.",
            form = WordForm.ARGUMENT_NAME,
            example = "user_id")
        @Nullable String userArgument,
    @Key(value = "How long it may run.", min = "1ms", max = "1d", example = "5m")
        @Nullable Duration timeout,
    @Key(
            value = "Its calls need a score of complexity below this.",
            min = "1",
            max = "1000000000",
            example = "200")
        @Nullable Integer complexity,
    @Key(
            value = "How much of a masked value stays readable: standard or strict.",
            example = "strict")
        @Nullable Sensitivity masking,
    @Key(
            value = "Words that rules can ask for.",
            form = WordForm.TAG,
            most = 100,
            example = "[destructive]")
        @Nullable Set<String> tags,
    @Key(
            value = "The tables it reads, so that masking.columns can speak of them.",
            form = WordForm.TABLE,
            most = 100,
            example = "[customers]")
        @Nullable Set<String> tables) {

  /** Nothing is said. */
  static final ToolConfig NONE = new ToolConfig(null, null, null, null, null, null, null, null);

  /** Only how its results are masked. */
  static ToolConfig masked(@Nullable Sensitivity level) {
    return new ToolConfig(null, null, null, null, null, level, null, null);
  }

  /** This, and what another says where this says nothing. */
  ToolConfig or(ToolConfig other) {
    return new ToolConfig(
        requiresPii != null ? requiresPii : other.requiresPii,
        tenantScoped != null ? tenantScoped : other.tenantScoped,
        userArgument != null ? userArgument : other.userArgument,
        timeout != null ? timeout : other.timeout,
        complexity != null ? complexity : other.complexity,
        masking != null ? masking : other.masking,
        tags != null ? tags : other.tags,
        tables != null ? tables : other.tables);
  }
}
