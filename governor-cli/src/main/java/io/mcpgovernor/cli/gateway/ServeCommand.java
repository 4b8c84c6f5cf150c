package io.mcpgovernor.cli.gateway;

import io.mcpgovernor.config.file.ConfigException;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.gateway.Gateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code governor serve}: the gateway over HTTP, in front of the servers of a configuration. */
@Command(
    name = "serve",
    description = "Governs MCP servers over Streamable HTTP, each at /NAME/mcp.",
    footer = {
      "",
      "Says on standard error where each server can be reached: listening URL.",
      "The file is followed: what it says next of policies, masking and grants holds from the next"
          + " call on.",
      "SIGTERM lets running requests be answered, for 20 seconds at most.",
      "Exit codes: 0 ended by a signal, 1 cannot start, 2 wrong usage, 4 bad configuration."
    },
    mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
  private static final int CANNOT_START = 1;
  private static final int BAD_CONFIGURATION = 4;

  @Option(
      names = {"-f", "--config"},
      paramLabel = "FILE",
      defaultValue = "governor.yaml",
      description = "The configuration file; ${DEFAULT-VALUE} unless told.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path file;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Made by the command line. */
  public ServeCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Gateway gateway;
    try {
      ConfigFile config = ConfigFile.read(file);
      if (config.config().servers().isEmpty()) {
        err.println(file + ": there are no servers; name at least one under servers");
        return BAD_CONFIGURATION;
      }
      gateway = Gateway.start(config, err::println);
    } catch (ConfigException e) {
      err.println(e.getMessage());
      return BAD_CONFIGURATION;
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      err.println("The gateway cannot start: " + e.getMessage());
      return CANNOT_START;
    }
    endWith(gateway);
    gateway.endpoints().forEach(endpoint -> err.println("listening " + endpoint));
    URI admin = gateway.adminAddress();
    if (admin != null) {
      err.println("admin " + admin);
    }
    err.flush();
    new CountDownLatch(1).await(); // until a signal
    return 0;
  }

  /** A signal ends the gateway, and that is how it is meant to end: not with an error's code. */
  private static void endWith(Gateway gateway) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  gateway.close();
                  Runtime.getRuntime().halt(0);
                },
                "gateway-end"));
  }
}
