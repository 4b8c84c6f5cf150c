package io.mcpgovernor.cli.gateway;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A server's name out of the command that starts it. */
final class ServerName {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
  private static final int CHARS_MAX = 32;
  private static final String NAMELESS = "server";

  /** What runs programs and is none. */
  private static final Set<String> RUNNERS =
      Set.of(
          "npx", "node", "bun", "bunx", "deno", "uv", "uvx", "pipx", "python", "python3", "java",
          "docker", "podman", "sh", "bash", "cmd", "env", "run", "exec", "tool", "-jar", "-m");

  private ServerName() {}

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /**
   * The first word that is no option and runs nothing else, without its path, ending and version:
   * {@code npx -y @modelcontextprotocol/server-memory@1.2} is {@code server-memory}.
   */
  static String of(List<String> command) {
    for (String word : command) {
      if (word.chars().anyMatch(Character::isWhitespace)) {
        continue; // a script for a shell names nothing
      }
      Path file = Path.of(word.replace('\\', '/')).getFileName();
      String name = file == null ? "" : file.toString().toLowerCase(Locale.ROOT);
      name = name.replaceFirst("\\.(exe|cmd|bat)$", "");
      if (!word.startsWith("-") && !RUNNERS.contains(name)) {
        return fitting(name.replaceFirst("(?<=.)[@:].*$", "").replaceFirst("\\.[a-z]{1,4}$", ""));
      }
    }
    return NAMELESS;
  }

  private static String fitting(String name) {
    String fit = name.replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    fit = fit.substring(0, Math.min(fit.length(), CHARS_MAX));
    return isName(fit) ? fit : NAMELESS;
  }
}
