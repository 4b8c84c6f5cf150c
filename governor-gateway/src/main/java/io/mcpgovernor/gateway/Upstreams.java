package io.mcpgovernor.gateway;

import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.config.file.Secret;
import io.mcpgovernor.config.file.ServerConfig;
import io.mcpgovernor.gateway.http.ByteBudget;
import io.mcpgovernor.gateway.http.EventLoops;
import io.mcpgovernor.gateway.http.HttpUpstream;
import io.mcpgovernor.gateway.http.HttpUpstreamOptions;
import io.mcpgovernor.gateway.relay.Upstream;
import java.util.Objects;
import java.util.function.Consumer;

/** Makes the servers of a configuration reachable. */
final class Upstreams {
  private final ConfigFile file;
  private final EventLoops loops;
  private final ByteBudget budget;
  @SuppressWarnings("UnusedVariable")
  private final Consumer<String> stderr;

  /**
   * Nothing is reached yet.
   *
   * @param stderr takes each line that a server's process logs
   */
  Upstreams(ConfigFile file, EventLoops loops, ByteBudget budget, Consumer<String> stderr) {
    this.file = file;
    this.loops = loops;
    this.budget = budget;
    this.stderr = stderr;
  }

  Upstream of(String name, ServerConfig server) {
    return server.url() != null ? http(server) : processes(name, server);
  }

  private Upstream http(ServerConfig server) {
    Secret bearer = server.bearer();
    return new HttpUpstream(
        new HttpUpstreamOptions(Objects.requireNonNull(server.url()), loops, budget)
            .bearer(() -> bearer == null ? null : bearer.value())
            .requestsMax(server.concurrency())
            .connectTime(server.connectTimeout())
            .answerBytesMax(RelayBounds.answerBytesMax(file.config())));
  }

  private Upstream processes(String name, ServerConfig server) {
    throw new IllegalStateException("processes come later: " + name + server.processes());
  }
}
