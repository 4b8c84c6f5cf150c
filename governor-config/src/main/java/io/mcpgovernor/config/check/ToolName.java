package io.mcpgovernor.config.check;

import io.mcpgovernor.call.Tool;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A tool as people name it, found among those there are.
 *
 * @param server its server
 * @param tool its name there
 */
record ToolName(String server, String tool) {
  /** The server of a tool where there is only one, and it has no name. */
  private static final String UNNAMED_SERVER = "server";

  /**
   * What a name means.
   *
   * @param tools the tools there are; empty if nobody knows
   * @param servers the servers there are; empty if nobody knows
   * @throws IllegalArgumentException if several servers are meant
   */
  static ToolName of(String written, List<Tool> tools, Collection<String> servers) {
    Set<String> known = new TreeSet<>(servers);
    tools.forEach(tool -> known.add(tool.server()));
    for (String server : known) {
      if (written.startsWith(server + ".") && written.length() > server.length() + 1) {
        return new ToolName(server, written.substring(server.length() + 1));
      }
    }
    int dot = written.indexOf('.');
    if (known.isEmpty()) {
      return dot > 0 && dot < written.length() - 1
          ? new ToolName(written.substring(0, dot), written.substring(dot + 1))
          : new ToolName(UNNAMED_SERVER, written);
    }
    Set<String> having = new TreeSet<>();
    tools.stream()
        .filter(tool -> tool.name().equals(written))
        .forEach(tool -> having.add(tool.server()));
    Set<String> candidates = having.isEmpty() ? known : having;
    if (candidates.size() == 1) {
      return new ToolName(candidates.iterator().next(), written);
    }
    throw new IllegalArgumentException(
        "the tool '"
            + written
            + "' needs its server before it, and a dot between them; there are "
            + String.join(", ", candidates));
  }
}
