package io.mcpgovernor.cli.wrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where clients keep their files, and how they are told of this program. */
final class ClientTest {
  @TempDir private Path directory;

  private static List<@Nullable String> files(ClientHost host) {
    return Arrays.stream(Client.values())
        .map(client -> client.file(host))
        .map(file -> file == null ? null : file.toString())
        .toList();
  }

  @Test
  void eachSystemHasItsPlaces() {
    assertThat(files(new ClientHost("Linux", "/home/me", Map.of())))
        .containsExactly(
            "/home/me/.config/Claude/claude_desktop_config.json",
            "/home/me/.claude.json",
            "/home/me/.config/Code/User/mcp.json",
            "/home/me/.cursor/mcp.json",
            "/home/me/.codeium/windsurf/mcp_config.json");
    assertThat(files(new ClientHost("Linux", "/home/me", Map.of("XDG_CONFIG_HOME", "/cfg"))))
        .contains("/cfg/Claude/claude_desktop_config.json", "/home/me/.cursor/mcp.json");
    assertThat(files(new ClientHost("Mac OS X", "/Users/me", Map.of("XDG_CONFIG_HOME", "/cfg"))))
        .contains(
            "/Users/me/Library/Application Support/Claude/claude_desktop_config.json",
            "/Users/me/Library/Application Support/Code/User/mcp.json");
    // A path of Windows' own is absolute on Windows only, where this is run by nobody yet.
    assertThat(files(new ClientHost("Windows 11", "/c/me", Map.of("APPDATA", "/c/roaming"))))
        .contains("/c/roaming/Code/User/mcp.json", "/c/me/.cursor/mcp.json");
    assertThat(files(new ClientHost("Linux", "", Map.of()))).containsOnlyNulls();
  }

  @Test
  void theLauncherIsTheFirstProgramOfThatNameOnThePath() throws Exception {
    Path script = Files.createDirectories(directory.resolve("b")).resolve("governor");
    Files.writeString(script, "#!/bin/sh\n");
    String path = directory.resolve("a") + "::b:" + script.getParent();

    assertThat(Launcher.onPath(path)).isEmpty(); // nobody can start it
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    assertThat(Launcher.onPath(path)).contains(script);
  }
}
