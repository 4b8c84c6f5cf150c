package io.mcpgovernor.config.check;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.config.file.ConfigException;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.config.file.PolicyTestConfig;
import io.mcpgovernor.config.file.PolicyTestConfig.Expect;
import io.mcpgovernor.config.file.TestsFile;
import io.mcpgovernor.policy.GrantStoreException;
import io.mcpgovernor.policy.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Policy tests: calls that a configuration has to allow or deny. Each is asked as if nothing had
 * been called before. Thread-safe.
 */
public final class PolicySuite implements AutoCloseable {
  private final TestsFile file;
  private final PolicyCheck check;

  private PolicySuite(TestsFile file, PolicyCheck check) {
    this.file = file;
    this.check = check;
  }

  /**
   * Reads tests and the configuration they are about.
   *
   * @param tests a file, as {@code docs/policies.md} has it
   * @param config the configuration in place of the one that the file names; null for that one
   * @throws ConfigException if anything is wrong with one of them; it has all problems
   * @throws GrantStoreException if the store of grants cannot be read
   */
  public static PolicySuite read(Path tests, @Nullable Path config) {
    TestsFile file = TestsFile.read(tests);
    ConfigFile configured =
        ConfigFile.read(config != null ? config : file.resolve(file.tests().config()));
    return new PolicySuite(file, PolicyCheck.of(configured, tools(file, configured)));
  }

  private static List<Tool> tools(TestsFile file, ConfigFile configured) {
    Json written = file.tests().tools();
    if (written == null) {
      return List.of();
    }
    Set<String> servers = configured.config().servers().keySet();
    String only = servers.size() == 1 ? servers.iterator().next() : null;
    try {
      return written.tree() instanceof String path
          ? ToolList.read(file.resolve(Path.of(path)), only)
          : ToolList.of(written, only);
    } catch (IllegalArgumentException e) {
      throw file.wrong(String.valueOf(e.getMessage()), "tools");
    }
  }

  /** How many tests there are. */
  public int size() {
    return file.tests().tests().size();
  }

  /** The name of a test. */
  public String name(int test) {
    return file.tests().tests().get(test).name();
  }

  /** The configuration that is tested. */
  public ConfigFile configuration() {
    return check.file();
  }

  /** The file of tests. */
  public TestsFile file() {
    return file;
  }

  /** Asks one test. */
  public TestOutcome run(int number) {
    PolicyTestConfig test = file.tests().tests().get(number);
    String expected = expected(test);
    try {
      CallAnswer answer = check.explain(question(test));
      return new TestOutcome(
          test.name(),
          file.place(number),
          isAsExpected(test, answer),
          expected,
          came(answer),
          answer.matched());
    } catch (IllegalArgumentException e) {
      return new TestOutcome(
          test.name(),
          file.place(number),
          false,
          expected,
          "the question makes no sense: " + e.getMessage(),
          Set.of());
    }
  }

  /** Asks all tests, in their order. */
  public List<TestOutcome> run() {
    List<TestOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      outcomes.add(run(i));
    }
    return outcomes;
  }

  /** How far tests reached each rule, in the order of the configuration. */
  public List<RuleCoverage> coverage(List<TestOutcome> outcomes) {
    List<RuleCoverage> coverage = new ArrayList<>();
    for (Rule rule : check.rules()) {
      long matches =
          outcomes.stream().filter(outcome -> outcome.matched().contains(rule.name())).count();
      coverage.add(
          new RuleCoverage(
              rule.name(),
              rule.origin(),
              rule.moment() == Rule.Moment.CALL && rule.mode() != Rule.Mode.OFF,
              (int) matches));
    }
    return coverage;
  }

  private static CallQuestion question(PolicyTestConfig test) {
    Map<String, Object> claims = new LinkedHashMap<>();
    test.claims()
        .object()
        .forEach(
            (name, value) -> {
              if (value != null) {
                claims.put(name, value);
              }
            });
    return new CallQuestion(
        test.user(),
        test.issuer(),
        test.tenants(),
        test.roles(),
        claims,
        test.tool(),
        test.args(),
        test.at());
  }

  private static boolean isAsExpected(PolicyTestConfig test, CallAnswer answer) {
    return answer.isAllowed() == (test.expect() == Expect.ALLOW)
        && (test.code() == null || test.code().equals(answer.code()))
        && (test.reason() == null || answer.reason().contains(test.reason()));
  }

  private static String expected(PolicyTestConfig test) {
    if (test.expect() == Expect.ALLOW) {
      return "allow";
    }
    return "deny"
        + (test.code() == null ? "" : " " + test.code())
        + (test.reason() == null ? "" : ", with \"" + test.reason() + "\" in the reason");
  }

  private static String came(CallAnswer answer) {
    return answer.isAllowed() ? "allow" : "deny " + answer.code() + ": " + answer.reason();
  }

  @Override
  public void close() {
    check.close();
  }
}
