package io.mcpgovernor.cli.differential;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A call as it is sent to both doors.
 *
 * @param number which one of its session, from 1
 * @param tool the tool's name
 * @param arguments the arguments as JSON; null for none
 */
record GeneratedCall(int number, String tool, @Nullable String arguments) {
  /** By this its records are found: the client's trace id. */
  String traceId() {
    return String.format(Locale.ROOT, "%032x", number);
  }

  /** The message. */
  String message() {
    String meta = "\"_meta\":{\"traceparent\":\"00-%s-00000000000000a1-01\"}".formatted(traceId());
    return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":%s,%s%s}}"
        .formatted(
            number,
            JsonText.of(tool),
            arguments == null ? "" : "\"arguments\":" + arguments + ",",
            meta);
  }
}
