package io.mcpgovernor.cli.audit;

import org.jspecify.annotations.Nullable;

/**
 * Which records are asked for; what is null, or empty, does not matter.
 *
 * @param toolGlob a tool's name, in which {@code *} stands for any characters and {@code ?} for one
 * @param code of a denial or failure, such as {@code rate_limit}
 * @param sinceMicros the first instant, microseconds since 1970
 * @param untilMicros the instant after the last one
 * @param value a value that the record must hold, masked; null if values do not matter
 */
record EntryFilter(
    @Nullable String user,
    @Nullable String tenant,
    @Nullable String toolGlob,
    @Nullable String status,
    @Nullable String event,
    @Nullable String code,
    @Nullable String callId,
    long sinceMicros,
    long untilMicros,
    @Nullable KnownValue value) {

  /** Asks for everything. */
  static final EntryFilter ALL =
      new EntryFilter(
          null, null, null, null, null, null, null, Long.MIN_VALUE, Long.MAX_VALUE, null);

  boolean matches(LogEntry entry) {
    return entry.atMicros() >= sinceMicros
        && entry.atMicros() < untilMicros
        && is(user, entry.user())
        && is(tenant, entry.tenant())
        && (toolGlob == null || Glob.matches(toolGlob, entry.tool()))
        && is(status, entry.status())
        && is(event, entry.event())
        && is(code, entry.code())
        && is(callId, entry.callId())
        && (value == null || value.isIn(entry));
  }

  /** The same, and that the record holds a value. */
  EntryFilter with(KnownValue known) {
    return new EntryFilter(
        user, tenant, toolGlob, status, event, code, callId, sinceMicros, untilMicros, known);
  }

  private static boolean is(@Nullable String asked, @Nullable String found) {
    return asked == null || asked.equals(found);
  }
}
