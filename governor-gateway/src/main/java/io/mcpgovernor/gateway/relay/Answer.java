package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.SseEvent;

/**
 * What a server answered to a request, raw.
 *
 * @param event in which it came
 * @param message a result or an error
 */
record Answer(SseEvent event, Message message) {}
