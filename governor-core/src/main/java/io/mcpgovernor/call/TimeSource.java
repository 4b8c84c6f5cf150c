package io.mcpgovernor.call;

import java.time.Instant;

/**
 * The two clocks of the engine, in one place so that tests can turn them.
 *
 * <p>Limits and durations are measured on {@link #nanos()}, which never jumps; records carry {@link
 * #now()}, which people can read.
 */
public interface TimeSource {
  /** The machine's clocks. */
  TimeSource SYSTEM =
      new TimeSource() {
        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }
      };

  /** The time of day, UTC. May jump when the machine's clock is set. */
  Instant now();

  /** Nanoseconds since some fixed moment. Never goes backwards. */
  long nanos();
}
