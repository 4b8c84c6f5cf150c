package io.mcpgovernor.gateway;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.gateway.catalogue.Catalogue;
import io.mcpgovernor.gateway.catalogue.Pins;
import io.mcpgovernor.gateway.relay.Relay;
import io.mcpgovernor.gateway.stdio.ChildCommand;
import io.mcpgovernor.gateway.stdio.ChildOptions;
import io.mcpgovernor.gateway.stdio.ChildUpstream;
import io.mcpgovernor.gateway.stdio.StdioFront;
import io.mcpgovernor.gateway.stdio.StdioFrontOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** A gateway on lines, as one that a client starts, in front of a process. */
final class StdioUnderTest implements AutoCloseable {
  private final Path directory;
  private final Governor governor;
  private final Pins pins;
  private final Relay relay;
  private final StdioFront front;
  private final StdioClient client;

  private StdioUnderTest(ScriptedServer server, Path directory) throws Exception {
    this.directory = directory;
    ConfigFile file =
        ConfigFile.read(
            Files.writeString(
                directory.resolve("governor.yaml"),
                GatewayUnderTest.yaml("{ url: \"http://127.0.0.1:1/mcp\" }")));
    governor = Governor.fromConfig(file.path());
    pins = Pins.open(directory.resolve("pins.json"));
    ChildUpstream upstream =
        ChildUpstream.start(
            new ChildCommand("crm", server.command(), Map.of(), false, directory),
            ChildOptions.DEFAULT,
            line -> {});
    relay =
        new Relay(
            governor,
            new Catalogue("crm", governor, pins, file.config()::newTools),
            upstream,
            RelayBounds.of(file.config()));
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Socket near = new Socket(listener.getInetAddress(), listener.getLocalPort());
      Socket far = listener.accept();
      front =
          new StdioFront(
              far.getInputStream(),
              far.getOutputStream(),
              Principal.verified("alice"),
              StdioFrontOptions.DEFAULT);
      client = new StdioClient(near.getInputStream(), near.getOutputStream());
    }
    front.start(relay::handle);
  }

  static StdioUnderTest beforeProcess(ScriptedServer server, Path directory) throws Exception {
    return new StdioUnderTest(server, directory);
  }

  StdioClient client() {
    return client;
  }

  /** The audit log as it is. */
  String log() throws IOException {
    StringBuilder log = new StringBuilder();
    try (Stream<Path> files = Files.list(directory.resolve("audit"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        log.append(Files.readString(file));
      }
    }
    return log.toString();
  }

  @Override
  public void close() {
    front.close(Duration.ofSeconds(5));
    relay.close();
    pins.close();
    governor.close();
  }
}
