package io.mcpgovernor.cli.gateway;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A server's name out of the command that starts it, or out of another name. */
public final class ServerName {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
  private static final int CHARS_MAX = 32;
  private static final String NAMELESS = "server";

  /** What runs programs and is none. */
  private static final Set<String> RUNNERS =
      Set.of(
          "npx", "node", "bun", "bunx", "deno", "uv", "uvx", "pipx", "python", "python3", "java",
          "docker", "podman", "sh", "bash", "cmd", "env", "run", "exec", "tool", "-jar", "-m");

  /** After these comes where classes are found, and not what is run. */
  private static final Set<String> CLASS_PATH = Set.of("-cp", "-classpath", "--class-path");

  /** What many programs' files are called; the directory says which program it is. */
  private static final Set<String> ANY_PROGRAM =
      Set.of("index", "main", "server", "cli", "app", "start", "__main__");

  /** What directories of all programs are called. */
  private static final Set<String> ANY_DIRECTORY =
      Set.of("dist", "build", "src", "lib", "bin", "out", "target", "node_modules");

  private ServerName() {}

  /** Whether a server can have this name. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /**
   * The first word that is no option and runs nothing else, without its path, ending and version:
   * {@code npx -y @modelcontextprotocol/server-memory@1.2} is {@code server-memory}. Of a file that
   * could be any program's, its directory: {@code node /opt/notes/dist/index.js} is {@code notes}.
   */
  public static String of(List<String> command) {
    String before = "";
    for (String word : command) {
      boolean isPassedOver =
          word.startsWith("-")
              || word.contains("=") // a variable, before the program that gets it
              || word.chars().anyMatch(Character::isWhitespace) // a script for a shell
              || CLASS_PATH.contains(before);
      before = word;
      if (isPassedOver) {
        continue;
      }
      Path path = Path.of(word.replace('\\', '/').toLowerCase(Locale.ROOT));
      Path file = path.getFileName();
      String name = file == null ? "" : file.toString().replaceFirst("\\.(exe|cmd|bat)$", "");
      if (!RUNNERS.contains(name)) {
        return fitting(telling(path, bare(name)), "");
      }
    }
    return NAMELESS;
  }

  private static String bare(String name) {
    return name.replaceFirst("(?<=.)[@:].*$", "").replaceFirst("\\.[a-z]{1,4}$", "");
  }

  /** The name, or of one that says nothing the next directory above that does. */
  private static String telling(Path path, String name) {
    if (!ANY_PROGRAM.contains(name)) {
      return name;
    }
    for (Path up = path.getParent(); up != null; up = up.getParent()) {
      Path directory = up.getFileName();
      if (directory != null && !ANY_DIRECTORY.contains(directory.toString())) {
        return directory.toString();
      }
    }
    return name;
  }

  /**
   * The letters and digits of a text as a name.
   *
   * @param end what it shall end with: no more characters than leave room for others
   */
  public static String fitting(String text, String end) {
    String fit =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    fit = fit.substring(0, Math.min(fit.length(), CHARS_MAX - end.length()));
    return isName(fit) ? fit + end : NAMELESS + end;
  }
}
