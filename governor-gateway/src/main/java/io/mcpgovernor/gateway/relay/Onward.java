package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.gateway.message.SseEvent;
import java.io.IOException;

/** Where goes on what comes of a server before its answer. Used by one thread. */
interface Onward {
  /** What a server says to a request of our own goes nowhere. */
  Onward NOWHERE =
      new Onward() {
        @Override
        public void like(UpstreamReply reply) {}

        @Override
        public void pass(SseEvent event) {}
      };

  /** Takes the form of the server's answer, which begins. */
  void like(UpstreamReply reply) throws IOException, UpstreamException;

  /** Takes an event before the answer. */
  void pass(SseEvent event) throws IOException;
}
