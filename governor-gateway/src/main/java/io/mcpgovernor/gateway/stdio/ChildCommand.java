package io.mcpgovernor.gateway.stdio;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a server's process is started. Comes from the configuration or the command line, never from a
 * client.
 *
 * @param server its name, for messages
 * @param command the program and its arguments, at least one word
 * @param environment variables it gets besides
 * @param inherits whether it gets all our variables. Else it gets those that programs need to find
 *     their way (PATH, HOME, the language and the like): ours hold credentials of other servers
 * @param directory where it starts; null for where we are
 */
public record ChildCommand(
    String server,
    List<String> command,
    Map<String, String> environment,
    boolean inherits,
    @Nullable Path directory) {

  /** Checks and copies. */
  public ChildCommand {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("a command has at least one word");
    }
  }

  /** Says whose it is: arguments and variables may be confidential. */
  @Override
  public String toString() {
    return "ChildCommand[" + server + "]";
  }
}
