package io.mcpgovernor.gateway;

import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.config.file.GovernorConfig;
import io.mcpgovernor.config.file.Secret;
import io.mcpgovernor.config.file.ServerConfig;
import io.mcpgovernor.config.file.ServerConfig.Sharing;
import io.mcpgovernor.gateway.http.ByteBudget;
import io.mcpgovernor.gateway.http.EventLoops;
import io.mcpgovernor.gateway.http.HttpUpstream;
import io.mcpgovernor.gateway.http.HttpUpstreamOptions;
import io.mcpgovernor.gateway.relay.Upstream;
import io.mcpgovernor.gateway.stdio.ChildCommand;
import io.mcpgovernor.gateway.stdio.ChildOptions;
import io.mcpgovernor.gateway.stdio.Children;
import io.mcpgovernor.gateway.stdio.ChildrenOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes the servers of a configuration reachable. */
final class Upstreams {
  private final ConfigFile file;
  private final EventLoops loops;
  private final ByteBudget budget;
  private final Consumer<String> stderr;
  private final Duration goodbye;

  /**
   * Nothing is reached yet.
   *
   * @param stderr takes each line that a server's process logs
   */
  Upstreams(ConfigFile file, EventLoops loops, ByteBudget budget, Consumer<String> stderr) {
    this(file, loops, budget, stderr, ChildOptions.DEFAULT.goodbye());
  }

  /** The same, with another time for processes to end in. */
  Upstreams(
      ConfigFile file,
      EventLoops loops,
      ByteBudget budget,
      Consumer<String> stderr,
      Duration goodbye) {
    this.file = file;
    this.loops = loops;
    this.budget = budget;
    this.stderr = stderr;
    this.goodbye = goodbye;
  }

  /** Nothing is connected or started before it is first asked. */
  Upstream of(String name, ServerConfig server) {
    URI url = server.url();
    List<String> command = server.command();
    if (url != null) {
      return http(url, server);
    } else if (command != null) {
      return processes(name, command, server);
    }
    throw new IllegalArgumentException("the server " + name + " has neither command nor url");
  }

  private Upstream http(URI url, ServerConfig server) {
    Secret bearer = server.bearer();
    return new HttpUpstream(
        new HttpUpstreamOptions(url, loops, budget)
            .bearer(() -> bearer == null ? null : bearer.value())
            .requestsMax(server.concurrency())
            .connectTime(server.connectTimeout())
            .answerBytesMax(RelayBounds.answerBytesMax(file.config())));
  }

  private Upstream processes(String name, List<String> command, ServerConfig server) {
    GovernorConfig config = file.config();
    Map<String, String> environment = new LinkedHashMap<>();
    server.env().forEach((variable, secret) -> environment.put(variable, secret.value()));
    Path directory = server.cwd();
    ChildOptions usual = ChildOptions.DEFAULT;
    return new Children(
        new ChildCommand(
            name,
            command,
            environment,
            false,
            file.resolve(directory == null ? Path.of("") : directory)),
        new ChildrenOptions(
            new ChildOptions(
                RelayBounds.of(config).server(),
                server.concurrency(),
                usual.writeWait(),
                usual.readWait(),
                goodbye),
            server.sharing() == Sharing.SHARED,
            server.processes(),
            Math.min(server.processes(), ChildrenOptions.DEFAULT.processesPerPrincipal()),
            config.limits().sessions(),
            server.idle()),
        stderr);
  }
}
