package io.mcpgovernor.gateway.admin;

import io.mcpgovernor.Governor;
import io.mcpgovernor.gateway.catalogue.Pins;
import io.mcpgovernor.gateway.relay.UpstreamState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway is made of, as far as operators see it.
 *
 * @param governor the engine
 * @param configuration the file that the engine follows
 * @param pins what is known of tools
 * @param auditDirectory where the audit log is
 * @param servers by their names
 * @param connections how many clients are connected
 * @param inFlightBytes how many bytes of messages are in the gateway
 * @param keys the API keys that callers may have; null where there are none
 */
public record GatewayState(
    Governor governor,
    Configuration configuration,
    Pins pins,
    Path auditDirectory,
    Map<String, Server> servers,
    IntSupplier connections,
    LongSupplier inFlightBytes,
    @Nullable Keys keys) {

  /**
   * A server behind it.
   *
   * @param upstream how it looks
   * @param sessions how many sessions clients have with it
   * @param quarantined how many of its tools wait for approval
   */
  public record Server(
      Supplier<UpstreamState> upstream, IntSupplier sessions, IntSupplier quarantined) {}

  /** API keys of callers. Thread-safe. */
  public interface Keys {
    /** What may be shown of each: its {@code id}, and nothing that is secret. */
    List<Map<String, @Nullable Object>> list();

    /**
     * Ends a key. On record when it returns.
     *
     * @param by who does that
     * @return false if there is no such key that still counts
     */
    boolean revoke(String id, String by);
  }

  /** The configuration file that is followed. Thread-safe. */
  public interface Configuration {
    /** The policy version in force. */
    String version();

    /** How many changes were taken over. */
    long taken();

    /** How many changes were not, because something was wrong with them. */
    long refused();

    /** What is wrong with the file as it is now; empty if nothing is, or nobody has looked. */
    String problem();

    /**
     * Takes the file over now.
     *
     * @throws RuntimeException if anything is wrong with it; what ran goes on
     */
    void reload();
  }
}
