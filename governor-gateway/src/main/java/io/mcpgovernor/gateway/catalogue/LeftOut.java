package io.mcpgovernor.gateway.catalogue;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log which tools of a server are left out, and why: each once, however often the server
 * lists it. Not thread-safe.
 */
final class LeftOut {
  private static final Logger LOG = LoggerFactory.getLogger(LeftOut.class);

  /** As many warnings as anybody reads. */
  private static final int WARNINGS_MAX = 1_000;

  private final String server;
  private final Set<String> said = new HashSet<>();

  LeftOut(String server) {
    this.server = server;
  }

  void say(Json definition, String why) {
    String name = "without a name";
    try {
      if (definition.tree() instanceof Map<?, ?> members
          && members.get("name") instanceof String text) {
        name = text;
      }
    } catch (MalformedJsonException e) {
      name = "that cannot be read";
    }
    say(name, why);
  }

  void say(String name, String why) {
    String warning =
        "A tool of server " + server + " is left out: " + visible(name) + " (" + why + ")";
    if (said.size() < WARNINGS_MAX && said.add(warning)) {
      LOG.warn("{}", warning);
    }
  }

  /** Names come from others, and logs are shown on terminals. */
  private static String visible(String name) {
    String clipped = name.substring(0, Math.min(name.length(), ListedTool.NAME_CHARS_MAX));
    StringBuilder visible = new StringBuilder();
    clipped
        .codePoints()
        .forEach(
            character ->
                visible.appendCodePoint(ListedTool.isInvisible(character) ? '?' : character));
    return visible.toString();
  }
}
