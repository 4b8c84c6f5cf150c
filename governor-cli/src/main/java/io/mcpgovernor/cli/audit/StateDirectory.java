package io.mcpgovernor.cli.audit;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where this user's programs keep what outlives them: {@code $XDG_STATE_HOME/mcp-governor}, which
 * is {@code ~/.local/state/mcp-governor} unless told (XDG Base Directory Specification 0.8), {@code
 * %LOCALAPPDATA%\mcp-governor} on Windows, and {@code ~/Library/Application Support/mcp-governor}
 * on macOS.
 */
public final class StateDirectory {
  private StateDirectory() {}

  /** The directory, which need not be there; null if the environment names no home. */
  public static @Nullable Path find() {
    String state = System.getenv("XDG_STATE_HOME");
    String windows = System.getenv("LOCALAPPDATA");
    String home = System.getProperty("user.home", "");
    Path base;
    if (state != null && Path.of(state).isAbsolute()) {
      base = Path.of(state);
    } else if (windows != null && !windows.isEmpty()) {
      base = Path.of(windows);
    } else if (!home.isEmpty() && Path.of(home).isAbsolute()) {
      base =
          isMac()
              ? Path.of(home, "Library", "Application Support")
              : Path.of(home, ".local", "state");
    } else {
      return null;
    }
    return base.resolve("mcp-governor");
  }

  private static boolean isMac() {
    return System.getProperty("os.name", "").startsWith("Mac");
  }
}
