package io.mcpgovernor;

import io.mcpgovernor.Evaluation.CheckAnswer;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.pii.Masker;
import io.mcpgovernor.pii.Scan;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.policy.Decision;
import io.mcpgovernor.policy.Decision.Deny;
import io.mcpgovernor.policy.ValidationResult;
import io.mcpgovernor.policy.ValidationResult.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Why a call would be allowed or denied: every check in the order in which they are asked, the ones
 * behind the first denial included. Everything that stems from arguments is masked. Immutable.
 *
 * @param user who calls
 * @param tenant for which tenant the call would work, or null
 * @param server the tool's server
 * @param tool the tool's name
 * @param arguments masked strictly
 * @param checks in order; those that were not asked are left out
 * @param result the decision as a call would get it
 */
public record Explanation(
    String user,
    @Nullable String tenant,
    String server,
    String tool,
    Json arguments,
    List<Check> checks,
    ValidationResult result) {

  /**
   * One check.
   *
   * @param name the code it denies with
   * @param verdict how it came out; {@code SHADOW} if it would have denied but only watches
   * @param reason why it denies; empty if it does not
   * @param facts what it weighed, masked; a JSON object
   * @param origin where its setting is written, {@code file:line:column}; empty if nowhere
   * @param micros how long it took, microseconds
   */
  public record Check(
      String name, Verdict verdict, String reason, Json facts, String origin, double micros) {}

  static Explanation of(
      ToolCall call,
      Json arguments,
      ValidationResult result,
      List<CheckAnswer> answers,
      Function<String, String> origins,
      Masker masker) {
    List<Check> checks = new ArrayList<>();
    for (CheckAnswer answer : answers) {
      Decision decision = answer.decision();
      checks.add(
          new Check(
              answer.name(),
              answer.verdict(),
              decision instanceof Deny deny ? masker.mask(deny.reason(), Sensitivity.STRICT) : "",
              masked(decision.metadata(), masker),
              origins.apply(answer.name()),
              answer.nanos() / 1_000.0));
    }
    return new Explanation(
        call.principal().subject(),
        call.tenant(),
        call.tool().server(),
        call.tool().name(),
        arguments,
        List.copyOf(checks),
        result);
  }

  private static Json masked(Map<String, Object> facts, Masker masker) {
    Scan scan = masker.scan(Json.of(facts));
    return scan.masked(Sensitivity.STRICT);
  }
}
