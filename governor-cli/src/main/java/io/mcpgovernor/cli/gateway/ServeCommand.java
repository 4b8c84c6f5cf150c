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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
          + " call on. SIGHUP takes it over at once.",
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

  @Option(
      names = "--log",
      paramLabel = "FORM",
      defaultValue = "text",
      description = "What is said on standard error: text, or json, one object a line.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Form log;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** How it says what it says. */
  enum Form {
    /** For people. */
    TEXT,
    /** For programs. */
    JSON
  }

  /** Made by the command line. */
  public ServeCommand() {}

  /** Says a line in the form that is wanted. */
  private void say(String line) {
    if (log == Form.JSON) {
      Lazy.LOG.info("{}", line);
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  /** Not loaded for text. */
  private static final class Lazy {
    static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);
  }

  @Override
  public Integer call() throws InterruptedException {
    Gateway gateway;
    try {
      ConfigFile config = ConfigFile.read(file);
      if (config.config().servers().isEmpty()) {
        say(file + ": there are no servers; name at least one under servers");
        return BAD_CONFIGURATION;
      }
      gateway = Gateway.start(config, this::say);
    } catch (ConfigException e) {
      say(String.valueOf(e.getMessage()));
      return BAD_CONFIGURATION;
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      say("The gateway cannot start: " + e.getMessage());
      return CANNOT_START;
    }
    endWith(gateway);
    HangUp.does(
        () -> {
          gateway.reload();
          say(file + " taken over: policy version " + gateway.policyVersion());
        },
        problem -> say("SIGHUP: what ran before goes on: " + problem));
    gateway.endpoints().forEach(endpoint -> say("listening " + endpoint));
    URI admin = gateway.adminAddress();
    if (admin != null) {
      say("admin " + admin);
    }
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
