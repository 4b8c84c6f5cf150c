package io.mcpgovernor.cli.doctor;

import io.mcpgovernor.call.Tool;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.config.file.ServerConfig;
import io.mcpgovernor.gateway.UpstreamProbe;
import io.mcpgovernor.gateway.relay.UpstreamException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Whether a server can be reached, and which tools it has. */
final class ServerCheck {
  private static final int SAID_MAX = 200;

  private ServerCheck() {}

  /**
   * What was found.
   *
   * @param tools none if it was not reached
   * @param theirs what time it was there; null if it did not say
   * @param ours what time it was here
   */
  record Found(Finding finding, List<Tool> tools, @Nullable Instant theirs, Instant ours) {}

  static Found look(ConfigFile file, String server, Duration patience) throws InterruptedException {
    AtomicReference<String> said = new AtomicReference<>("");
    try (UpstreamProbe probe = new UpstreamProbe(file, server, patience, said::set)) {
      UpstreamProbe.Found found = probe.look();
      Instant ours = Instant.now();
      List<Tool> tools = ToolCheck.tools(server, found.tools());
      String count = tools.size() + (tools.size() == 1 ? " tool" : " tools");
      return new Found(Finding.ok(what(server), count), tools, found.at(), ours);
    } catch (UpstreamException e) {
      return none(Finding.fail(what(server), why(e, server, said.get()), mend(file, server, e)));
    }
  }

  /** The last line that a program writes before it gives up mostly says why it does. */
  private static String why(UpstreamException e, String server, String said) {
    String reason = e.reason().replaceFirst("\\.$", "");
    String line = said.startsWith(server + ": ") ? said.substring(server.length() + 2) : said;
    return line.isEmpty()
        ? reason
        : reason + "; it said '" + line.substring(0, Math.min(line.length(), SAID_MAX)) + "'";
  }

  private static String mend(ConfigFile file, String server, UpstreamException e) {
    ServerConfig config = file.config().servers().get(server);
    return config != null && config.command() != null
        ? "run its command by hand, and look at its command, env and cwd in the file"
        : e.suggestion();
  }

  /** It took too long. */
  static Found late(String server, Duration patience) {
    return none(
        Finding.fail(
            what(server),
            "no answer within " + patience.toMillis() / 1_000.0 + " s",
            "if it is only slow to start, look again with --wait 30; else see whether it runs"));
  }

  /** It could not be looked at for a reason nobody thought of. */
  static Found broken(String server, String why) {
    return none(Finding.fail(what(server), why, "see how it is named under servers"));
  }

  private static Found none(Finding finding) {
    return new Found(finding, List.of(), null, Instant.now());
  }

  private static String what(String server) {
    return "servers." + server;
  }
}
