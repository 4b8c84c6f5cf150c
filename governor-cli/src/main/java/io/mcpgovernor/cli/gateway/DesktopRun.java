package io.mcpgovernor.cli.gateway;

import io.mcpgovernor.gateway.StdioGatewayOptions;
import io.mcpgovernor.gateway.relay.UpstreamException;
import io.mcpgovernor.gateway.stdio.ChildCommand;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run without a configuration file.
 *
 * @param name the server's name
 * @param command what starts it
 * @param file where a file would be
 */
record DesktopRun(String name, List<String> command, @Nullable Path file) {

  /**
   * A run.
   *
   * @throws WrongServerException if there is no command
   */
  static DesktopRun of(RunWords words, @Nullable Path file) {
    if (words.command().isEmpty()) {
      throw new WrongServerException("say the server's command: governor run -- CMD ARG...");
    }
    String name = words.name() == null ? ServerName.of(words.command()) : words.name();
    return new DesktopRun(name, words.command(), file);
  }

  int run(InputStream in, OutputStream out, PrintWriter err) throws UpstreamException {
    Path state = DesktopProfile.state();
    if (state == null) {
      throw new IllegalStateException(
          "the environment names no home directory for the records: set XDG_STATE_HOME, or give a"
              + " configuration with -f FILE");
    }
    String user = DesktopProfile.user();
    Path audit = state.resolve("audit");
    err.println(
        "governor run: no configuration file, so the desktop profile holds: user '"
            + user
            + "', PII_READ, "
            + DesktopProfile.CALLS_PER_HOUR
            + " calls an hour, records below "
            + audit
            + (file == null ? "" : "; write " + file + " to change it"));
    err.flush();
    return OneRun.run(
        new ChildCommand(name, command, Map.of(), true, null),
        () ->
            FreeLog.start(
                directory -> DesktopProfile.start(user, directory),
                audit.resolve(name),
                audit,
                name),
        StdioGatewayOptions.usual(name, user, state.resolve("pins.json")),
        in,
        out,
        err);
  }
}
