package io.mcpgovernor.gateway.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/** For how long a client has read nothing of what waits for it. Used by one event loop. */
final class StalledWrites {
  private long progress;
  private long pending;
  private long since;

  /** Nanoseconds; 0 if nothing waits, or something has moved since the last look. */
  long areFor(Channel channel, long now) {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    if (waiting == null || waiting.isEmpty()) {
      pending = 0;
      return 0;
    }
    long pendingNow = waiting.totalPendingWriteBytes();
    long progressNow = waiting.currentProgress();
    if (pendingNow != pending || progressNow != progress) {
      since = now;
    }
    pending = pendingNow;
    progress = progressNow;
    return now - since;
  }
}
