package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.call.Principal;

/**
 * For whom a server is asked: what processes are kept apart by.
 *
 * @param principal who calls
 * @param tenant the principal's only tenant; empty where there are several or none
 */
public record Caller(Principal principal, String tenant) {}
