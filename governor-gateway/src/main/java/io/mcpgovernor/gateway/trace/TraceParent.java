package io.mcpgovernor.gateway.trace;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.gateway.message.Message;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The trace that a client's request belongs to, by what stands in its {@code _meta}. */
final class TraceParent {
  private static final int CHARS_MAX = 512;

  private TraceParent() {}

  static Context of(Message message) {
    Json meta = message.member("_meta");
    try {
      return meta != null && meta.tree() instanceof Map<?, ?> members
          ? W3CTraceContextPropagator.getInstance().extract(Context.root(), members, new Members())
          : Context.root();
    } catch (MalformedJsonException e) {
      return Context.root();
    }
  }

  private static final class Members implements TextMapGetter<Map<?, ?>> {
    @Override
    public @Nullable String get(@Nullable Map<?, ?> members, String key) {
      return members != null
              && members.get(key) instanceof String text
              && text.length() <= CHARS_MAX
          ? text
          : null;
    }
  }
}
