package io.mcpgovernor.cli.wrap;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's file, read.
 *
 * @param text all of it
 * @param entries its servers, in the order they stand there
 */
record ClientText(String text, List<ServerEntry> entries) {
  private static final String ANY = "*";

  /**
   * Reads one.
   *
   * @throws MalformedFileException if it is not JSON, or servers are not where they should be
   */
  static ClientText read(String text, Client client) {
    Jsonc root = JsoncReader.read(text);
    List<ServerEntry> entries = new ArrayList<>();
    for (List<String> keys : client.keys()) {
      collect(root, keys, "", entries);
    }
    return new ClientText(text, List.copyOf(entries));
  }

  private static void collect(
      Jsonc value, List<String> keys, String place, List<ServerEntry> entries) {
    if (!(value instanceof Jsonc.Members members)) {
      throw new MalformedFileException(value.start(), "here should be an object");
    }
    boolean isServers = keys.isEmpty();
    if (!isServers && !keys.getFirst().equals(ANY)) {
      Jsonc.@Nullable Member member = members.member(keys.getFirst());
      if (member != null) {
        collect(member.value(), keys.subList(1, keys.size()), place, entries);
      }
      return;
    }
    for (Jsonc.Member member : members.all()) {
      String key = member.key().value();
      members.member(key); // twice would be one too many
      if (isServers) {
        entries.add(new ServerEntry(place, key, member.value()));
      } else {
        collect(member.value(), keys.subList(1, keys.size()), key, entries);
      }
    }
  }
}
