package io.mcpgovernor.cli.doctor;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.config.file.ToolChoices;
import io.mcpgovernor.policy.Grants;
import io.mcpgovernor.policy.PiiAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is said of the tools that servers list, and what should be. */
final class ToolCheck {
  private static final String WHAT = "tools";

  /** Deeper than any schema that describes a table of people. */
  private static final int DEPTH_MAX = 16;

  private static final PiiAccess BY_WORDS = new PiiAccess(new Grants(change -> {}));

  private ToolCheck() {}

  /** The tools of a server's list; those that are none are left out, as the gateway does it. */
  static List<Tool> tools(String server, List<Json> definitions) {
    List<Tool> tools = new ArrayList<>();
    for (Json definition : definitions) {
      try {
        tools.add(Tool.of(server, definition).build());
      } catch (MalformedJsonException e) {
        // Nobody can call it.
      }
    }
    return tools;
  }

  static List<Finding> look(ConfigFile file, List<Tool> tools) {
    ToolChoices choices = new ToolChoices(file.config());
    TreeSet<String> byWords = new TreeSet<>();
    TreeSet<String> bySchema = new TreeSet<>();
    for (Tool tool : tools) {
      if (choices.of(tool.server(), tool.name()).requiresPii() != null) {
        continue;
      }
      String name = tool.server() + "." + tool.name();
      if (BY_WORDS.readsPii(tool)) {
        byWords.add(name);
      } else if (BY_WORDS.readsPii(ofSchema(tool))) {
        bySchema.add(name);
      }
    }
    List<Finding> findings = new ArrayList<>();
    if (!bySchema.isEmpty()) {
      findings.add(
          Finding.warn(
              WHAT,
              "anybody may call these, and their schemas speak of personal data: "
                  + Names.some(bySchema),
              "say requires_pii: true or false of each under tools"));
    }
    if (!byWords.isEmpty()) {
      findings.add(
          Finding.warn(
              WHAT,
              "only their names and descriptions say that these read personal data: "
                  + Names.some(byWords),
              "say requires_pii: true or false of each under tools, for a server can change its"
                  + " words"));
    }
    file.warnings(tools)
        .forEach(
            warning ->
                findings.add(
                    warning.rule().isEmpty()
                        ? Finding.warn(
                            WHAT,
                            warning.text(),
                            "write a rule for them, or leave them to the policies")
                        : Finding.warn(
                            "rules",
                            warning.origin() + " " + warning.rule() + ": " + warning.text(),
                            "change the rule")));
    return findings;
  }

  /** A tool whose words are what its schemas call things. */
  private static Tool ofSchema(Tool tool) {
    StringBuilder words = new StringBuilder();
    Map<String, @Nullable Object> members = tool.definition().object();
    collect(members.get("inputSchema"), words, 0);
    collect(members.get("outputSchema"), words, 0);
    return Tool.of(
            tool.server(), Json.of(Map.of("name", "schema", "description", words.toString())))
        .build();
  }

  private static void collect(@Nullable Object schema, StringBuilder words, int depth) {
    if (depth > DEPTH_MAX) {
      return;
    }
    if (schema instanceof List<?> list) {
      list.forEach(element -> collect(element, words, depth + 1));
    } else if (schema instanceof Map<?, ?> members) {
      members.forEach(
          (key, value) -> {
            if (key.equals("properties") && value instanceof Map<?, ?> properties) {
              properties.keySet().forEach(name -> words.append(name).append(". "));
            }
            collect(value, words, depth + 1);
          });
    }
  }
}
