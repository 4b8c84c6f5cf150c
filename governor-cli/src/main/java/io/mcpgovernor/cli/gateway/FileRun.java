package io.mcpgovernor.cli.gateway;

import io.mcpgovernor.Governor;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.config.file.ServerConfig;
import io.mcpgovernor.gateway.StdioGatewayOptions;
import io.mcpgovernor.gateway.relay.UpstreamException;
import io.mcpgovernor.gateway.stdio.ChildCommand;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as a configuration file says.
 *
 * @param file the file
 * @param command what starts the server
 */
record FileRun(ConfigFile file, ChildCommand command) {
  /**
   * Reads the file.
   *
   * @throws io.mcpgovernor.config.file.ConfigException if anything is wrong with the file
   * @throws WrongServerException if the file and the words together name no server
   */
  static FileRun of(Path path, RunWords words) {
    ConfigFile file = ConfigFile.read(path);
    String name = words.name();
    if (words.command().isEmpty()) {
      return new FileRun(file, named(file, name));
    }
    String server = name == null ? ServerName.of(words.command()) : name;
    return new FileRun(file, new ChildCommand(server, words.command(), Map.of(), true, null));
  }

  private static ChildCommand named(ConfigFile file, @Nullable String name) {
    Map<String, ServerConfig> servers = file.config().servers();
    String server = name;
    if (server == null) {
      if (servers.size() != 1) {
        throw new WrongServerException(
            "say which server of " + file.path() + " is run (--name), or its command (-- CMD)");
      }
      server = servers.keySet().iterator().next();
    }
    ServerConfig config = servers.get(server);
    List<String> command = config == null ? null : config.command();
    if (config == null || command == null) {
      throw new WrongServerException(
          file.path() + " has no server '" + server + "' with a command; name one that has");
    }
    Map<String, String> environment = new LinkedHashMap<>();
    config.env().forEach((variable, secret) -> environment.put(variable, secret.value()));
    Path directory = config.cwd();
    return new ChildCommand(
        server,
        command,
        environment,
        true,
        file.resolve(directory == null ? Path.of("") : directory));
  }

  int run(InputStream in, OutputStream out, PrintWriter err) throws UpstreamException {
    Path audit = file.resolve(file.config().audit().dir());
    return OneRun.run(
        command,
        () ->
            FreeLog.start(
                directory ->
                    Governor.fromConfig(file.path(), builder -> builder.auditTo(directory)),
                audit,
                audit,
                command.server()),
        StdioGatewayOptions.of(file, command.server(), DesktopProfile.user()),
        in,
        out,
        err);
  }
}
