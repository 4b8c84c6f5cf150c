package io.mcpgovernor.config.check;

import io.mcpgovernor.Explanation;
import io.mcpgovernor.Governor;
import io.mcpgovernor.GovernorBuilder;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.config.file.ConfigException;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.config.file.JwtConfig;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.policy.Condition.FailedException;
import io.mcpgovernor.policy.Condition.UnknowableException;
import io.mcpgovernor.policy.GrantStoreException;
import io.mcpgovernor.policy.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * A configuration that can be asked about calls. Nothing runs, is charged or put on record, and the
 * audit log that the file names is not opened; the grants of the file count, and those of its store
 * as they were when this was made. As nothing was called before, rate windows are empty and nothing
 * is running. Thread-safe; questions are answered one at a time.
 */
public final class PolicyCheck implements AutoCloseable {
  private static final String NAME_ONLY =
      "the tool's definition is not known (--tools), so its input schema is not checked, and"
          + " whether it reads PII or is bound to a tenant is seen by its name only";

  private final ConfigFile file;
  private final List<Rule> rules;
  private final List<Tool> tools;
  private final Governor governor;
  private final SetClock clock = new SetClock();
  private final Set<String> matched = new HashSet<>();

  private PolicyCheck(ConfigFile file, List<Tool> tools) {
    this.file = file;
    this.rules = file.rules();
    this.tools = List.copyOf(tools);
    Path store = file.config().grants().store();
    GovernorBuilder builder =
        file.builder(new UnkeptLog())
            .rules(rules.stream().map(this::watched).toList())
            .grantStore(
                () -> store == null ? GrantSnapshot.empty() : GrantSnapshot.of(file.resolve(store)))
            .timeSource(clock);
    this.governor = builder.build();
    tools.forEach(tool -> governor.tools().register(tool, Sensitivity.STANDARD));
  }

  /**
   * Asks a configuration.
   *
   * @param tools the tools there are; empty if nobody knows, and then any name is taken for one
   * @throws ConfigException if the engine cannot be built as the file says
   * @throws IllegalArgumentException if two tools have one name
   * @throws GrantStoreException if the store of grants cannot be read
   */
  public static PolicyCheck of(ConfigFile file, List<Tool> tools) {
    return new PolicyCheck(file, tools);
  }

  /** The rule, which says when its condition holds, or fails: then it denies as well. */
  private Rule watched(Rule rule) {
    return new Rule(
        rule.name(),
        rule.origin(),
        rule.moment(),
        rule.mode(),
        rule.tools(),
        facts -> {
          try {
            boolean holds = rule.when().holds(facts);
            if (holds) {
              matched.add(rule.name());
            }
            return holds;
          } catch (FailedException e) {
            matched.add(rule.name());
            throw e;
          }
        },
        rule.effect());
  }

  /**
   * What every check would say to a call.
   *
   * @throws IllegalArgumentException if the question makes no sense: several servers are meant, or
   *     a rule asks for the definition of a tool of which only the name is known
   */
  public synchronized CallAnswer explain(CallQuestion question) {
    List<String> notes = new ArrayList<>();
    ToolName name = ToolName.of(question.tool(), tools, file.config().servers().keySet());
    if (tools.isEmpty()) {
      Tool named = Tool.named(name.server(), name.tool()).build();
      governor.tools().register(named, Sensitivity.STANDARD);
      notes.add(NAME_ONLY);
    }
    CallRequest request = question.request(name.server(), name.tool(), usualIssuer());
    matched.clear();
    clock.set(question.at());
    try {
      Explanation explanation = governor.explain(request).toCompletableFuture().join();
      return new CallAnswer(explanation, matched, notes);
    } catch (UnknowableException e) {
      throw unknowable(e);
    } catch (CompletionException e) {
      if (e.getCause() instanceof UnknowableException unknown) {
        throw unknowable(unknown);
      }
      throw e;
    } finally {
      clock.set(null);
    }
  }

  private static IllegalArgumentException unknowable(UnknowableException e) {
    return new IllegalArgumentException(
        "a rule asks for more than is known here: "
            + e.getMessage()
            + "; give the tools of the servers (--tools)",
        e);
  }

  /** Whose name a user's is unless somebody says: the same as in the file's grants. */
  private String usualIssuer() {
    JwtConfig jwt = file.config().identity().jwt();
    return jwt == null ? Principal.LOCAL : jwt.issuer().toString();
  }

  /** The rules of the configuration, in their order. */
  List<Rule> rules() {
    return rules;
  }

  /** The configuration that is asked. */
  public ConfigFile file() {
    return file;
  }

  @Override
  public void close() {
    governor.close();
  }
}
