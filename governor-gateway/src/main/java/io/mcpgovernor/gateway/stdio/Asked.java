package io.mcpgovernor.gateway.stdio;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * A request that a process has not answered yet.
 *
 * @param client who asked
 * @param id under which the client knows it
 * @param wireId under which the process knows it
 * @param token under which the client hears of its progress; null if it does not
 * @param listens whether it is a subscription, which hears nothing that is not marked as its own
 * @param reply where its answer goes
 */
record Asked(
    String client,
    MessageId id,
    MessageId wireId,
    @Nullable Json token,
    boolean listens,
    ChildReply reply) {

  /** The answer as the client understands it. */
  Message restored(Message answer) {
    Message own = id.equals(wireId) ? answer : answer.withId(id);
    return listens && wireId.equals(WireIds.subscription(own))
        ? WireIds.withSubscription(own, id)
        : own;
  }
}
