package io.mcpgovernor.cli.wrap;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The clients whose files are known, a row each. A server's entry has the same form in all of them:
 * an object with {@code command} and perhaps {@code args}, or with an address.
 */
enum Client {
  CLAUDE_DESKTOP(
      "claude-desktop",
      "Claude Desktop",
      "{config}/Claude/claude_desktop_config.json",
      "mcpServers"),
  /** The user's own servers, and those the user has for one project. */
  CLAUDE_CODE(
      "claude-code", "Claude Code", "~/.claude.json", "mcpServers", "projects/*/mcpServers"),
  /** The user's own file; a workspace's; the place in settings; that of a dev container. */
  VS_CODE(
      "vscode",
      "VS Code",
      "{config}/Code/User/mcp.json",
      "servers",
      "mcp/servers",
      "customizations/vscode/mcp/servers"),
  CURSOR("cursor", "Cursor", "~/.cursor/mcp.json", "mcpServers"),
  WINDSURF("windsurf", "Windsurf", "~/.codeium/windsurf/mcp_config.json", "mcpServers");

  private final String word;
  private final String title;
  private final String place;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> keys;

  /**
   * A row.
   *
   * @param place the file; {@code ~} is the home directory, {@code {config}} where the operating
   *     system's programs keep their settings
   * @param keys where servers are, keys with slashes between them; {@code *} is every key
   */
  Client(String word, String title, String place, String... keys) {
    this.word = word;
    this.title = title;
    this.place = place;
    this.keys = List.of(keys);
  }

  static Optional<Client> of(String word) {
    return Arrays.stream(values()).filter(client -> client.word.equals(word)).findFirst();
  }

  /** What the client is called. */
  String title() {
    return title;
  }

  /** Where in its file servers are; each a list of keys, of which {@code *} is any. */
  List<List<String>> keys() {
    return keys.stream().map(path -> List.of(path.split("/"))).toList();
  }

  /** Its file on a machine, which need not be there; null if the environment names no home. */
  @Nullable Path file(ClientHost host) {
    int slash = place.indexOf('/');
    Path base = place.startsWith("~") ? host.home() : host.config();
    return base == null ? null : base.resolve(place.substring(slash + 1));
  }

  /** The words for them on the command line. */
  static final class Words implements Iterable<String> {
    Words() {}

    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(values()).map(client -> client.word).iterator();
    }
  }
}
