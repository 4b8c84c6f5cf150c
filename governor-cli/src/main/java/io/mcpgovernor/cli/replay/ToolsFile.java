package io.mcpgovernor.cli.replay;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.call.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Definitions of tools as a server lists them. */
final class ToolsFile {
  private static final int BYTES_MAX = 16 << 20;

  private ToolsFile() {}

  /**
   * Reads a result of {@code tools/list}, with or without the response around it.
   *
   * @return the tools, of no server in particular
   * @throws IOException if it cannot be read, or is something else
   */
  static List<Tool> read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(BYTES_MAX + 1);
    }
    if (bytes.length > BYTES_MAX) {
      throw new IOException("more than 16 MiB in " + file);
    }
    try {
      Map<?, ?> listed = Json.utf8(bytes).object();
      if (listed.get("result") instanceof Map<?, ?> result) {
        listed = result;
      }
      if (listed.get("tools") instanceof List<?> tools) {
        List<Tool> read = new ArrayList<>();
        for (Object tool : tools) {
          read.add(Tool.of("tools", Json.of(tool)).build());
        }
        return read;
      }
    } catch (MalformedJsonException e) {
      throw new IOException("no result of tools/list in " + file + ": " + e.getMessage(), e);
    }
    throw new IOException("no result of tools/list in " + file + ": there is no list \"tools\"");
  }
}
