package io.mcpgovernor.bench;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The baseline of masking: a handful of regular expressions replaced one after the other over the
 * whole text, which is how most gateways do it.
 */
public final class SeedPatterns {
  private record Rule(Pattern pattern, String replacement) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              Pattern.compile("\\b[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}\\b"),
              "***@***.com"),
          new Rule(
              Pattern.compile("\\b\\d{4}[- ]\\d{4}[- ]\\d{4}[- ](\\d{4})\\b"), "****-****-****-$1"),
          new Rule(Pattern.compile("\\b\\d{12}(\\d{4})\\b"), "****-****-****-$1"),
          new Rule(Pattern.compile("\\b\\d{3}-\\d{2}-(\\d{4})\\b"), "***-**-$1"),
          new Rule(Pattern.compile("\\(\\d{3}\\) ?\\d{3}-(\\d{4})\\b"), "(***) ***-$1"),
          new Rule(Pattern.compile("\\b\\d{3}[-.]\\d{3}[-.](\\d{4})\\b"), "(***) ***-$1"));

  private SeedPatterns() {}

  /** The text with everything that looks like PII masked. */
  public static String mask(String text) {
    String masked = text;
    for (Rule rule : RULES) {
      masked = rule.pattern.matcher(masked).replaceAll(rule.replacement);
    }
    return masked;
  }
}
