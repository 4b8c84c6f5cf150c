package io.mcpgovernor.cli.audit;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where this user's programs keep what outlives them: {@code $XDG_STATE_HOME/mcp-governor}, which
 * is {@code ~/.local/state/mcp-governor} unless told (XDG Base Directory Specification 0.8), and
 * {@code %LOCALAPPDATA%\mcp-governor} on Windows.
 */
final class StateDirectory {
  private StateDirectory() {}

  /** The directory, which need not be there; null if the environment names no home. */
  static @Nullable Path find() {
    String state = System.getenv("XDG_STATE_HOME");
    String windows = System.getenv("LOCALAPPDATA");
    String home = System.getProperty("user.home", "");
    Path base;
    if (state != null && Path.of(state).isAbsolute()) {
      base = Path.of(state);
    } else if (windows != null && !windows.isEmpty()) {
      base = Path.of(windows);
    } else if (!home.isEmpty() && Path.of(home).isAbsolute()) {
      base = Path.of(home, ".local", "state");
    } else {
      return null;
    }
    return base.resolve("mcp-governor");
  }
}
