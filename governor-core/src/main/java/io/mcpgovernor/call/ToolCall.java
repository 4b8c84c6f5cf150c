package io.mcpgovernor.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call and its context, as policies, the audit log and the tool itself see it.
 *
 * @param id names the call in the audit log and in denials; unique
 * @param principal who calls
 * @param tenant the tenant the call works for, or null where it names none
 * @param tool what is called
 * @param arguments the arguments, always an object once the call is allowed
 * @param at when it arrived, UTC
 */
public record ToolCall(
    String id,
    Principal principal,
    @Nullable String tenant,
    Tool tool,
    Json arguments,
    Instant at) {}
