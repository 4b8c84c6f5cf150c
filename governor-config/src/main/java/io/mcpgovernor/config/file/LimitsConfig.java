package io.mcpgovernor.config.file;

import io.mcpgovernor.policy.RateLimit.By;
import java.time.Duration;
import java.util.Set;

/**
 * How much anybody may do.
 *
 * @param rate how many calls in any window
 * @param by what the rate counts apart
 * @param denialsMinute how many denials in a minute make a user be refused outright
 * @param concurrency how many calls a user may have running
 * @param complexity below which score calls must stay
 * @param arguments how large arguments may be
 * @param resultBytes how large a raw result may be
 * @param timeout how long a tool may run that has no time of its own
 * @param tools how many tools may run and wait in this process
 * @param messageBytes how large a message to the gateway may be
 * @param inFlightBytes how much the gateway holds of all messages together
 * @param sessions how many sessions clients may have with the gateway
 * @param connections how many connections clients may have to the gateway
 * @param requests how many requests the gateway works on at the same time
 */
public record LimitsConfig(
    @Key(
            value = "How many calls may be made in any window of time: calls/time.",
            unless = "100/1h",
            example = "1000/1d")
        Rate rate,
    @Key(
            value = "What the rate counts apart: user, tenant, server, tool.",
            unless = "[user]",
            min = "1",
            example = "[user, tool]")
        Set<By> by,
    @Key(
            value = "How many denials in a minute make a user be refused outright.",
            unless = "100",
            min = "1",
            max = "1000000")
        int denialsMinute,
    @Key(
            value = "How many calls a user may have running.",
            unless = "16",
            min = "1",
            max = "100000")
        int concurrency,
    @Key(
            value = "Calls need a score of complexity below this.",
            unless = "100",
            min = "1",
            max = "1000000000")
        int complexity,
    @Key(value = "How large arguments may be.", unless = "{}") ArgumentLimitsConfig arguments,
    @Key(
            value = "How large a result may be before it is masked, as JSON.",
            unless = "8MiB",
            min = "1KiB",
            max = "1GiB")
        ByteSize resultBytes,
    @Key(
            value = "How long a tool may run that has no time of its own.",
            unless = "60s",
            min = "1ms",
            max = "1d")
        Duration timeout,
    @Key(value = "How many tools may run and wait in this process.", unless = "{}")
        ToolLimitsConfig tools,
    @Key(
            value = "How large a message of a client to the gateway may be.",
            unless = "4MiB",
            min = "1KiB",
            max = "1GiB")
        ByteSize messageBytes,
    @Key(
            value =
                "How much memory all messages together may take that the gateway holds at a time;"
                    + " more have to wait, or are refused.",
            unless = "64MiB",
            min = "1MiB",
            max = "1TiB")
        ByteSize inFlightBytes,
    @Key(
            value = "How many sessions clients may have with the gateway.",
            unless = "10000",
            min = "1",
            max = "10000000")
        int sessions,
    @Key(
            value = "How many connections clients may have to the gateway.",
            unless = "4096",
            min = "1",
            max = "1000000")
        int connections,
    @Key(
            value =
                "How many requests of clients the gateway works on at the same time; more are"
                    + " refused.",
            unless = "1024",
            min = "1",
            max = "1000000")
        int requests)
    implements Checked {

  @Override
  public void check(Report report) {
    if (messageBytes.bytes() > inFlightBytes.bytes()) {
      report.at(
          "one message may be larger than what in_flight_bytes leaves for all; raise that, or lower"
              + " this",
          "message_bytes");
    }
  }

  /**
   * How large arguments may be.
   *
   * @param bytes their size as JSON
   * @param depth how deep they may be nested
   */
  public record ArgumentLimitsConfig(
      @Key(value = "Their size, as JSON.", unless = "1MiB", min = "1KiB", max = "64MiB")
          ByteSize bytes,
      @Key(value = "How deep they may be nested.", unless = "32", min = "1", max = "256")
          int depth) {}

  /**
   * How many tools may run and wait.
   *
   * @param running at the same time, in this process
   * @param waiting until one of them is done; more are refused
   */
  public record ToolLimitsConfig(
      @Key(
              value = "How many may run at the same time, whoever calls.",
              unless = "512",
              min = "1",
              max = "100000")
          int running,
      @Key(
              value = "How many calls may wait until a tool is done; more are refused.",
              unless = "4096",
              min = "1",
              max = "1000000")
          int waiting) {}
}
