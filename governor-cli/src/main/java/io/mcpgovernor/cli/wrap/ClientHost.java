package io.mcpgovernor.cli.wrap;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where programs of a user keep their settings.
 *
 * @param system the operating system's name, as Java has it
 * @param userHome the user's home directory; empty if there is none
 * @param environment the variables
 */
record ClientHost(String system, String userHome, Map<String, String> environment) {
  static ClientHost current() {
    return new ClientHost(
        System.getProperty("os.name", ""), System.getProperty("user.home", ""), System.getenv());
  }

  @Nullable Path home() {
    return absolute(userHome);
  }

  /**
   * {@code $XDG_CONFIG_HOME}, {@code ~/.config} unless told; {@code ~/Library/Application Support}
   * on macOS; {@code %APPDATA%} on Windows.
   */
  @Nullable Path config() {
    Path home = home();
    if (system.startsWith("Windows")) {
      Path roaming = absolute(environment.getOrDefault("APPDATA", ""));
      return roaming != null || home == null ? roaming : home.resolve("AppData/Roaming");
    }
    if (system.startsWith("Mac")) {
      return home == null ? null : home.resolve("Library/Application Support");
    }
    Path xdg = absolute(environment.getOrDefault("XDG_CONFIG_HOME", ""));
    return xdg != null || home == null ? xdg : home.resolve(".config");
  }

  private static @Nullable Path absolute(String text) {
    Path path = Path.of(text);
    return text.isEmpty() || !path.isAbsolute() ? null : path;
  }
}
