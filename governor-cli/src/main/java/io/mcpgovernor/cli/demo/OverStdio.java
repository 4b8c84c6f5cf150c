package io.mcpgovernor.cli.demo;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A server for each caller, as a process of its own that the caller's client starts, because that
 * is what stdio means: a process has one user. So each has a governor and an audit directory of its
 * own, and an administrator goes to the governor of the user in question. All have the same sample
 * data, and no step of the story needs two callers to share more than that.
 */
final class OverStdio implements Hosting {
  /** A JVM starts, on a machine that may have more to do. */
  private static final Duration START = Duration.ofMinutes(1);

  private final Path auditDirectory;
  private final Path sockets;

  private OverStdio(Path auditDirectory, Path sockets) {
    this.auditDirectory = auditDirectory;
    this.sockets = sockets;
  }

  static OverStdio start(Path auditDirectory) {
    try {
      // Found out here, because a process that cannot start has no good way to say why.
      Files.createDirectories(auditDirectory);
      return new OverStdio(auditDirectory, Files.createTempDirectory("mcp-governor-admin-"));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the audit log cannot be opened in " + auditDirectory + ": " + e.getMessage(), e);
    }
  }

  @Override
  public McpSyncClient connect(Caller caller) {
    StdioClientTransport transport =
        new StdioClientTransport(
            ServerParameters.builder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .args(arguments(caller))
                .build(),
            McpJsonDefaults.getMapper());
    transport.setStdErrorHandler(System.err::println);
    return McpClient.sync(transport).initializationTimeout(START).build();
  }

  private List<String> arguments(Caller caller) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                // It lives for seconds. So no vector module: it is slow until the second compiler
                // ran.
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StdioCustomerServer.class.getName(),
                auditDirectory(caller).toString(),
                socket(caller.user()).toString()));
    if (caller.isSignedIn()) {
      // Stands for the user whose process it is; here all of them run under one account.
      arguments.add(caller.user());
    }
    return arguments;
  }

  private Path auditDirectory(Caller caller) {
    return auditDirectory.resolve(caller.shown());
  }

  private Path socket(String user) {
    return sockets.resolve(user);
  }

  @Override
  public int callsAtOnce() {
    // The SDK's stdio transports give up a message that others keep from being sent for 100 ms,
    // which happens on a machine that has more to do.
    return 1;
  }

  @Override
  public void administer(GrantChange change) {
    AdminChannel.send(socket(change.user()), change);
  }

  @Override
  public List<Path> auditDirectories() {
    return Arrays.stream(Caller.values()).map(this::auditDirectory).toList();
  }

  @Override
  public void close() {
    try {
      for (Caller caller : Caller.values()) {
        Files.deleteIfExists(socket(caller.user()));
      }
      Files.deleteIfExists(sockets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
