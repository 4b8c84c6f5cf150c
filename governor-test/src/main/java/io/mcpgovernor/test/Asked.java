package io.mcpgovernor.test;

import io.mcpgovernor.call.Principal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a test asks: which tool, as whom, for which tenant, with what. Immutable.
 *
 * @param principal whom the transport has verified, or null
 * @param tenant the tenant the call works for, or null where it does not say
 * @param meta the request's {@code _meta}
 * @param context what else the transport knows
 */
record Asked(
    String tool,
    @Nullable Principal principal,
    @Nullable String tenant,
    Map<String, @Nullable Object> arguments,
    Map<String, @Nullable Object> meta,
    Map<String, Object> context) {

  static Asked of(String tool) {
    return new Asked(tool, null, null, Map.of(), Map.of(), Map.of());
  }

  Asked as(@Nullable Principal caller) {
    return new Asked(tool, caller, tenant, arguments, meta, context);
  }

  Asked in(String worksFor) {
    return new Asked(tool, principal, worksFor, arguments, meta, context);
  }

  Asked withArguments(Map<String, ? extends @Nullable Object> added) {
    return new Asked(tool, principal, tenant, with(arguments, added), meta, context);
  }

  Asked withMeta(String name, @Nullable Object value) {
    return new Asked(
        tool,
        principal,
        tenant,
        arguments,
        with(meta, Collections.singletonMap(name, value)),
        context);
  }

  Asked withContext(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(context);
    more.put(name, value);
    return new Asked(tool, principal, tenant, arguments, meta, Collections.unmodifiableMap(more));
  }

  /** The call in words; not its arguments, which may be large. */
  @Override
  public String toString() {
    return tool
        + " as "
        + (principal == null ? "nobody" : principal.subject())
        + (tenant == null ? "" : " in " + tenant);
  }

  private static Map<String, @Nullable Object> with(
      Map<String, @Nullable Object> some, Map<String, ? extends @Nullable Object> added) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(some);
    all.putAll(added);
    return Collections.unmodifiableMap(all);
  }
}
