package io.mcpgovernor.config.file;

import io.mcpgovernor.call.Json;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tests of a configuration's policies: what one file of them says. Immutable.
 *
 * @param config the configuration that is tested
 * @param tools the tools there are: a path of a file, or the definitions themselves; null if nobody
 *     knows
 * @param tests calls and what has to come of them
 */
public record PolicyTestsConfig(
    @Key(value = "The configuration that is tested, from this file on.", unless = "governor.yaml")
        Path config,
    @Key(
            value =
                "The tools of the servers: a JSON file, from this file on, or the same written"
                    + " here: {SERVER: {tools: [...]}}. Without them any name is taken for a tool.",
            example = "tools.json")
        @Nullable Json tools,
    @Key(
            value = "Calls, and what has to come of them.",
            min = "1",
            most = 10_000,
            example = "[{name: \"Reading is allowed.\", user: alice, tool: read, expect: allow}]")
        List<PolicyTestConfig> tests)
    implements Checked {

  @Override
  public void check(Report report) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < tests.size(); i++) {
      if (!names.add(tests.get(i).name())) {
        report.at("another test has this name; each needs one of its own", "tests", i, "name");
      }
    }
    if (tools != null && !(tools.tree() instanceof String || tools.tree() instanceof Map)) {
      report.at("tools are a path of a file, or a group of servers", "tools");
    }
  }
}
