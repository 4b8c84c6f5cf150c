package io.mcpgovernor.config.rule;

import com.google.re2j.Pattern;
import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime.Program;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.policy.Condition;
import io.mcpgovernor.policy.Condition.FailedException;
import io.mcpgovernor.policy.RuleFacts;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A condition in CEL. Immutable, thread-safe. */
final class CelCondition implements Condition {
  private static final String PLACE = "evaluation error at " + RuleLanguage.SOURCE + ":";

  private final Program program;
  private final List<Program> ofTheTool;

  /** Held here, as the language keeps them only as long as somebody does. */
  @SuppressWarnings("unused")
  private final List<Pattern> patterns;

  private final Map<Integer, String> fieldNames;
  private final String text;

  /**
   * A condition.
   *
   * @param ofTheTool operands of its "and" that ask for nothing but the tool
   */
  CelCondition(
      Program program,
      List<Program> ofTheTool,
      List<Pattern> patterns,
      Map<Integer, String> fieldNames,
      String text) {
    this.program = program;
    this.ofTheTool = List.copyOf(ofTheTool);
    this.patterns = List.copyOf(patterns);
    this.fieldNames = fieldNames;
    this.text = text;
  }

  @Override
  public boolean holds(RuleFacts facts) {
    Evaluation evaluation = new Evaluation(facts);
    try {
      if (program.eval(evaluation) instanceof Boolean holds) {
        return holds;
      }
      throw new FailedException("the condition is neither true nor false");
    } catch (CelEvaluationException e) {
      UnknowableException unknowable = evaluation.unknowable();
      throw unknowable == null ? failure(e) : unknowable;
    } catch (StackOverflowError e) {
      throw new FailedException("the condition cannot be worked out: values nest too deep");
    } finally {
      Reference.reachabilityFence(this); // it holds the patterns that are matched
    }
  }

  /** False only if it holds for no call of this tool. */
  boolean canHoldFor(Tool tool) {
    for (Program operand : ofTheTool) {
      try {
        if (operand.eval(new Evaluation(tool)) instanceof Boolean holds && !holds) {
          return false;
        }
      } catch (CelEvaluationException | StackOverflowError e) {
        // A call will fail the same way, unless another operand decides: it has to be asked.
      }
    }
    return true;
  }

  /** CEL's messages hold values of the call, so of these only code and place are used. */
  private FailedException failure(CelEvaluationException e) {
    int offset = offset(String.valueOf(e.getMessage()));
    String field = fieldNames.get(offset);
    return new FailedException(
        "the condition cannot be worked out at %s%s: %s"
            .formatted(
                TextPosition.of(text, offset), field == null ? "" : " (" + field + ")", what(e)));
  }

  private static int offset(String message) {
    int end = PLACE.length();
    if (!message.startsWith(PLACE)) {
      return 0;
    }
    while (end < message.length() && Character.isDigit(message.charAt(end))) {
      end++;
    }
    // As long as an offset into the longest condition.
    return end == PLACE.length() || end > PLACE.length() + 4
        ? 0
        : Integer.parseInt(message.substring(PLACE.length(), end));
  }

  private static String what(CelEvaluationException e) {
    FailedException ours = ours(e);
    return ours == null ? what(e.getErrorCode()) : String.valueOf(ours.getMessage());
  }

  private static @Nullable FailedException ours(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof FailedException failure) {
        return failure;
      }
    }
    return null;
  }

  private static String what(CelErrorCode code) {
    return switch (code) {
      case ATTRIBUTE_NOT_FOUND -> "it asks for a field that is not there, or null";
      case INDEX_OUT_OF_BOUNDS -> "it asks for an item beyond the end of a list";
      case DIVIDE_BY_ZERO -> "it divides by zero";
      case NUMERIC_OVERFLOW -> "a number becomes too large";
      case OVERLOAD_NOT_FOUND -> "a value has a type that does not go with this";
      case ITERATION_BUDGET_EXCEEDED ->
          "it goes through more than %,d items".formatted(RuleLanguage.ITERATIONS_MAX);
      default -> "a value cannot be used like this";
    };
  }
}
