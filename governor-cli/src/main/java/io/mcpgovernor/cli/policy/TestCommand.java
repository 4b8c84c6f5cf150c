package io.mcpgovernor.cli.policy;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWriter;
import io.mcpgovernor.cli.audit.SafeText;
import io.mcpgovernor.cli.audit.Style;
import io.mcpgovernor.config.check.PolicySuite;
import io.mcpgovernor.config.check.RuleCoverage;
import io.mcpgovernor.config.check.TestOutcome;
import io.mcpgovernor.config.file.ConfigException;
import io.mcpgovernor.policy.GrantStoreException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code governor test}: whether a configuration decides as its tests say. */
@Command(
    name = "test",
    description = "Tests what a configuration says to calls.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Nothing runs, counts or is recorded. Each test is asked as if nothing had been called",
      "before. Afterwards each rule is named, and in how many tests its condition held.",
      "Exit codes: 0 all passed, 1 some failed, or an error, 2 wrong usage, 4 bad",
      "configuration or tests that cannot be read."
    })
public final class TestCommand implements Callable<Integer> {
  private static final int BAD_CONFIGURATION = 4;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      defaultValue = "tests.yaml",
      description = "The tests; ${DEFAULT-VALUE} unless told.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path file;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration, in place of the one that the tests name.")
  private @Nullable Path config;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Made by the command line. */
  public TestCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    int status;
    try (PolicySuite suite = PolicySuite.read(file, config)) {
      List<TestOutcome> outcomes = suite.run();
      List<RuleCoverage> coverage = suite.coverage(outcomes);
      if (json) {
        out.println(new String(json(suite, outcomes, coverage).utf8(), StandardCharsets.UTF_8));
      } else {
        print(outcomes, coverage, out, Style.ofStandardOutput());
      }
      status = outcomes.stream().allMatch(TestOutcome::isPassed) ? 0 : 1;
    } catch (ConfigException e) {
      e.problems().forEach(err::println);
      status = BAD_CONFIGURATION;
    } catch (GrantStoreException e) {
      err.println(spec.qualifiedName() + ": " + SafeText.of(String.valueOf(e.getMessage())));
      status = 1;
    }
    out.flush();
    err.flush();
    return status;
  }

  private void print(
      List<TestOutcome> outcomes, List<RuleCoverage> coverage, PrintWriter out, Style style) {
    long failed = 0;
    for (TestOutcome outcome : outcomes) {
      if (!outcome.isPassed()) {
        failed++;
        out.println(
            style.red("failed ")
                + SafeText.of(file + ":" + outcome.place() + " " + outcome.name()));
        out.println("  expected " + SafeText.of(outcome.expected()));
        out.println("  came     " + SafeText.of(outcome.came()));
      }
    }
    String count = outcomes.size() + (outcomes.size() == 1 ? " test, " : " tests, ");
    out.println(failed == 0 ? count + "all passed" : style.red(count + failed + " failed"));
    int width = coverage.stream().mapToInt(rule -> rule.rule().length()).max().orElse(0);
    for (RuleCoverage rule : coverage) {
      String line = rule.rule() + " ".repeat(width + 2 - rule.rule().length()) + reach(rule);
      out.println("  " + (rule.isAsked() && rule.matches() == 0 ? style.yellow(line) : line));
    }
  }

  private static String reach(RuleCoverage rule) {
    if (!rule.isAsked()) {
      return "is off or about results, which these tests do not reach";
    }
    return switch (rule.matches()) {
      case 0 -> "never matched (" + SafeText.of(rule.origin()) + ")";
      case 1 -> "matched in 1 test";
      default -> "matched in " + rule.matches() + " tests";
    };
  }

  private Json json(PolicySuite suite, List<TestOutcome> outcomes, List<RuleCoverage> coverage) {
    return Json.utf8(
        JsonWriter.bytes(
            writer -> {
              writer
                  .beginObject()
                  .field("file", file.toString())
                  .field("config", suite.configuration().path().toString())
                  .field("policy_version", suite.configuration().policyVersion())
                  .field("is_passed", outcomes.stream().allMatch(TestOutcome::isPassed))
                  .name("tests")
                  .beginArray();
              for (TestOutcome outcome : outcomes) {
                writer
                    .beginObject()
                    .field("name", outcome.name())
                    .field("line", outcome.place().line())
                    .field("column", outcome.place().column())
                    .field("is_passed", outcome.isPassed())
                    .field("expected", outcome.expected())
                    .field("came", outcome.came())
                    .endObject();
              }
              writer.endArray().name("rules").beginArray();
              for (RuleCoverage rule : coverage) {
                writer
                    .beginObject()
                    .field("rule", rule.rule())
                    .field("origin", rule.origin())
                    .field("is_asked", rule.isAsked())
                    .field("matches", rule.matches())
                    .endObject();
              }
              writer.endArray().endObject();
            }));
  }
}
