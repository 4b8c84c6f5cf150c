package io.mcpgovernor.cli.leaktest;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server answers, as trees.
 *
 * @param body the result, or the JSON-RPC error
 * @param isError which of the two
 * @param notification what is sent before it: its params, or null
 */
record Reply(
    Map<String, @Nullable Object> body,
    boolean isError,
    @Nullable Map<String, @Nullable Object> notification) {
  static Reply result(Map<String, @Nullable Object> result) {
    return new Reply(result, false, null);
  }
}
