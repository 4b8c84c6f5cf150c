package io.mcpgovernor.config.file;

import io.mcpgovernor.GovernorBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rules, grants and what is said of single tools, handed to the engine. Where the engine does not
 * take something yet, a file that says it is refused: what is written and does not hold would be
 * worse.
 */
final class PolicySettings {
  private static final String NOT_YET =
      "this is understood but has no effect in this version, so the file is refused; take it out";

  private PolicySettings() {}

  @SuppressWarnings("unused") // the builder's methods for these are to come
  static void apply(ConfigFile file, GovernorBuilder builder) {
    GovernorConfig config = file.config();
    List<Problem> problems = new ArrayList<>();
    if (!config.rules().isEmpty()) {
      problems.add(file.problem(NOT_YET, "rules"));
    }
    if (!config.shadow().isEmpty()) {
      problems.add(file.problem(NOT_YET, "shadow"));
    }
    if (!config.tools().isEmpty()) {
      problems.add(file.problem(NOT_YET, "tools"));
    }
    if (config.masking().level() != null) {
      problems.add(file.problem(NOT_YET, "masking", "level"));
    }
    if (!config.masking().tools().isEmpty()) {
      problems.add(file.problem(NOT_YET, "masking", "tools"));
    }
    if (!config.identity().permissions().isEmpty()) {
      problems.add(file.problem(NOT_YET, "identity", "permissions"));
    }
    GrantsConfig grants = config.grants();
    if (!grants.equals(new GrantsConfig(null, Map.of(), Map.of(), null))) {
      problems.add(file.problem(NOT_YET, "grants"));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }
}
