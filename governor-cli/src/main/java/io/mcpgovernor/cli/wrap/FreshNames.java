package io.mcpgovernor.cli.wrap;

import io.mcpgovernor.cli.gateway.ServerName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The names that servers go by in records and pins: their own in the client as far as the rules for
 * names allow, and no two different servers the same.
 */
final class FreshNames {
  private final Map<String, List<String>> commands = new HashMap<>();

  /** A name that an entry wrapped before has stays its own. */
  void keep(ServerEntry entry) {
    List<Jsonc.Text> words = Objects.requireNonNull(entry.words());
    List<Jsonc.Text> command = words.subList(entry.commandAt(), words.size());
    commands.putIfAbsent(entry.givenName(), command.stream().map(Jsonc.Text::value).toList());
  }

  /** A name for an entry; that of another one if both start the same program in the same way. */
  String of(ServerEntry entry) {
    List<String> command =
        Stream.concat(Stream.of(entry.command()), Objects.requireNonNull(entry.words()).stream())
            .map(Jsonc.Text::value)
            .toList();
    String name = ServerName.fitting(entry.name(), "");
    for (int i = 2; ; i++) {
      List<String> other = commands.putIfAbsent(name, command);
      if (other == null || other.equals(command)) {
        return name;
      }
      name = ServerName.fitting(entry.name(), "-" + i);
    }
  }
}
