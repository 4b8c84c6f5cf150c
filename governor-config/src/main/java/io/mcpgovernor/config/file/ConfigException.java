package io.mcpgovernor.config.file;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration file that cannot be used, and everything that is wrong with it. */
public final class ConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // an unmodifiable list of records of strings and numbers
  private final List<Problem> problems;

  /**
   * A file with problems.
   *
   * @param problems at least one
   */
  public ConfigException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /**
   * All of them, in the order of the file; of more than fifty the first, and how many there are.
   */
  public List<Problem> problems() {
    return problems;
  }
}
