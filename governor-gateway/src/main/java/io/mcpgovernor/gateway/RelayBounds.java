package io.mcpgovernor.gateway;

import io.mcpgovernor.config.file.GovernorConfig;
import io.mcpgovernor.config.file.GovernorConfig.UnknownMethods;
import io.mcpgovernor.gateway.message.MessageBounds;
import io.mcpgovernor.gateway.relay.RelayOptions;
import java.time.Duration;

/** The bounds of messages that a configuration means. */
final class RelayBounds {
  /** Arguments may be less deep; this is what any message may need around them. */
  private static final int CLIENT_DEPTH = 128;

  private static final int SERVER_DEPTH = 256;

  /** So that a result that is too large is refused as one, and not as an answer that is. */
  private static final int AROUND_RESULT = 1 << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private RelayBounds() {}

  static RelayOptions of(GovernorConfig config) {
    return new RelayOptions(
        new MessageBounds(config.limits().messageBytes().asInt(), CLIENT_DEPTH),
        new MessageBounds(answerBytesMax(config), SERVER_DEPTH),
        PATIENCE,
        config.unknownMethods() == UnknownMethods.GOVERN,
        config.limits().sessions());
  }

  static int answerBytesMax(GovernorConfig config) {
    return Math.toIntExact(
        Math.min(config.limits().resultBytes().bytes() + AROUND_RESULT, Integer.MAX_VALUE));
  }
}
