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
 * @param headers that its clients send besides, each with its line's end
 * @param process that does the work, if it is one we know
 * @param masking what becomes of personal data on its way
 */
record Target(
    String name, URI uri, String headers, @Nullable ProcessFigures process, Masking masking) {
  /** One whose clients send nothing besides. */
  Target(String name, URI uri, @Nullable ProcessFigures process, Masking masking) {
    this(name, uri, "", process, masking);
  }

  /** Whether the addresses in results come through. */
  enum Masking {
    /** They must not. */
    MASKS,
    /** They must. */
    PASSES,
    /** That is the target's business. */
    EITHER
  }

  private static final Pattern ADDRESS = Pattern.compile(LightUpstream.ADDRESS);

  long cpuNanos() {
    return process == null ? 0 : process.cpuNanos();
  }

  /** Throws if what came is not what this target should let through: figures would mean nothing. */
  void check(String message) {
    boolean found = ADDRESS.matcher(message).find();
    if (found && masking == Masking.MASKS) {
      throw new IllegalStateException(name + " did not mask what it should");
    }
    if (!found && masking == Masking.PASSES) {
      throw new IllegalStateException(name + " did not pass on what it should");
    }
  }
}
