package io.mcpgovernor.config.rule;

import dev.cel.runtime.CelVariableResolver;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.policy.Condition.FailedException;
import io.mcpgovernor.policy.Condition.UnknowableException;
import io.mcpgovernor.policy.RuleFacts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation of one condition: gives CEL the variables it asks for, bounds how much it reads of
 * the call's JSON, and remembers whether it asked for what nobody knows. Used by one thread, once.
 */
final class Evaluation implements CelVariableResolver {
  /**
   * How much of JSON values one evaluation may read: an item is 1, and a text 1 more for 16
   * characters. Callers choose arguments, so no rule may take long by them: a text of a mebibyte
   * can be read fifteen times.
   */
  static final int READS_MAX = 1_000_000;

  private static final int CHARACTERS_PER_READ = 16;

  private final Tool tool;
  private final @Nullable RuleFacts facts;
  private @Nullable UnknowableException unknowable;
  private int reads;

  /** Of a call. */
  Evaluation(RuleFacts facts) {
    this.tool = facts.call().tool();
    this.facts = facts;
  }

  /** Of what is known of a tool before it is called. */
  Evaluation(Tool tool) {
    this.tool = tool;
    this.facts = null;
  }

  @Override
  public Optional<Object> find(String name) {
    Variable variable = Variables.BY_NAME.get(name);
    return variable == null ? Optional.empty() : Optional.of(read(variable));
  }

  /** The value of a variable, or of a field of one. */
  Object read(Variable variable) {
    try {
      return variable.reader().apply(this);
    } catch (UnknowableException e) {
      throw noticed(e);
    }
  }

  Tool tool() {
    return tool;
  }

  RuleFacts facts() {
    if (facts == null) {
      throw new FailedException("there is no call");
    }
    return facts;
  }

  /** Remembers it, since CEL may forget it in favour of another error. */
  UnknowableException noticed(UnknowableException e) {
    unknowable = e;
    return e;
  }

  /** What nobody knows and the condition asked for, or null. */
  @Nullable UnknowableException unknowable() {
    return unknowable;
  }

  /** Counts one item that is read. */
  void count() {
    count(1);
  }

  /** Counts a text that is read. */
  String counted(String text) {
    count(1 + text.length() / CHARACTERS_PER_READ);
    return text;
  }

  private void count(int items) {
    reads += items;
    if (reads > READS_MAX) {
      throw new FailedException("it reads too much of the arguments");
    }
  }
}
