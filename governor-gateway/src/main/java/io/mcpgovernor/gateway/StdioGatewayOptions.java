package io.mcpgovernor.gateway;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.config.file.EveryoneConfig;
import io.mcpgovernor.config.file.GovernorConfig;
import io.mcpgovernor.config.file.GovernorConfig.NewTools;
import io.mcpgovernor.gateway.message.MessageBounds;
import io.mcpgovernor.gateway.relay.RelayOptions;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How one client on standard input and output reaches one server.
 *
 * @param server the server's name
 * @param principal whose client it is
 * @param pins the file of tool definitions that were seen first or approved
 * @param newTools what becomes of tools that were never seen
 * @param relay the bounds of messages
 */
public record StdioGatewayOptions(
    String server, Principal principal, Path pins, NewTools newTools, RelayOptions relay) {
  private static final MessageBounds CLIENT = new MessageBounds(4 << 20, 128);
  private static final MessageBounds SERVER = new MessageBounds(9 << 20, 256);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Those of a configuration file. */
  public static StdioGatewayOptions of(ConfigFile file, String server, String user) {
    GovernorConfig config = file.config();
    EveryoneConfig everyone = config.identity().everyone();
    return new StdioGatewayOptions(
        server,
        everyone == null ? Principal.verified(user) : Gateway.principal(everyone),
        file.resolve(config.pins()),
        config.newTools(),
        RelayBounds.of(config));
  }

  /** Those of a file that says nothing, for a program that reads none. */
  public static StdioGatewayOptions usual(String server, String user, Path pins) {
    return new StdioGatewayOptions(
        server,
        Principal.verified(user),
        pins,
        NewTools.PIN,
        new RelayOptions(CLIENT, SERVER, PATIENCE, true, 1));
  }
}
