package io.mcpgovernor.bench.gateway;

import io.mcpgovernor.bench.upstream.LightUpstream;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where calls go.
 *
 * @param name in the report
 * @param uri of its MCP endpoint
 * @param process that does the work, if it is one we know
 * @param masks whether addresses must not come through; otherwise they must
 */
record Target(String name, URI uri, @Nullable ProcessFigures process, boolean masks) {
  private static final Pattern ADDRESS = Pattern.compile(LightUpstream.ADDRESS);

  long cpuNanos() {
    return process == null ? 0 : process.cpuNanos();
  }

  /** Throws if what came is not what this target should let through: figures would mean nothing. */
  void check(String message) {
    boolean found = ADDRESS.matcher(message).find();
    if (found == masks) {
      throw new IllegalStateException(
          name + (masks ? " did not mask what it should" : " did not pass on what it should"));
    }
  }
}
