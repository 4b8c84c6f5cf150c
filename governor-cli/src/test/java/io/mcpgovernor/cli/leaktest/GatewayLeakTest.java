package io.mcpgovernor.cli.leaktest;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.cli.Main;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.gateway.Gateway;
import io.mcpgovernor.pii.Kinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing leaks through the gateway over HTTP and stdio, and nothing but the values is lost. */
@Timeout(600)
class GatewayLeakTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @TempDir Path directory;

  private Path config(String server) throws IOException {
    return Files.writeString(
        directory.resolve("governor.yaml"),
        "listen: 127.0.0.1:0\n"
            + server
            + "identity: { everyone: { user: me } }\n"
            + "limits: { rate: 1000000/1h, denials_minute: 1000000, complexity: 100000 }\n"
            + "masking: { kinds: [all] }\n"
            + "disable: { masked_value: \"Names of cases stand in arguments.\" }\n"
            + "grants: { users: { me: { permissions: [PII_READ] } } }\n"
            + "audit: { dir: audit, durability: flush }\n");
  }

  private static void nothingLeaks(Peer peer) throws IOException {
    LeakTest test = new LeakTest(peer, Judge.OURS, TIMEOUT);
    test.open();
    List<String> failures = new ArrayList<>();
    int cases = 0;
    for (LeakCase leakCase : LeakCase.all(Kinds.all(), 7, LeakCase.Extent.USUAL)) {
      cases++;
      Verdict verdict = test.ask(leakCase);
      if (verdict != Verdict.MASKED && !Gaps.hold(leakCase)) {
        failures.add(verdict + " " + leakCase.carrier().shown() + " " + leakCase.name());
      }
    }
    assertThat(failures).isEmpty();
    assertThat(cases).isGreaterThan(3_000);
  }

  @Test
  void overHttp() throws IOException {
    try (FixtureHttp fixture = FixtureHttp.start(0);
        Gateway gateway =
            Gateway.start(
                ConfigFile.read(
                    config("servers: { fixture: { url: \"" + fixture.uri() + "\" } }\n")),
                line -> {});
        Peer peer = new HttpPeer(gateway.endpoints().getFirst())) {
      nothingLeaks(peer);
    }
  }

  @Test
  void overStdio() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "-f",
                config("").toString(),
                "--name",
                "fixture",
                "--"));
    command.addAll(FixtureCommand.words());
    try (Peer peer = StdioPeer.start(command)) {
      nothingLeaks(peer);
    }
  }
}
