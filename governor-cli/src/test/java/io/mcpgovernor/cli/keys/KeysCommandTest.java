package io.mcpgovernor.cli.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.gateway.Gateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code governor keys}, on files and beside a gateway that runs. */
@Timeout(120)
final class KeysCommandTest {
  @TempDir private Path directory;
  private Path keys;

  private record Ran(int code, String out, String err) {}

  private static Ran run(Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new KeysCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(Stream.of(words).map(Object::toString).toArray(String[]::new));
    return new Ran(code, out.toString(), err.toString());
  }

  private Ran keys(Object... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--keys", keys));
    return run(all.toArray());
  }

  private List<Map<String, @Nullable Object>> listed() {
    return keys("list", "--json").out().lines().map(line -> Json.text(line).object()).toList();
  }

  @BeforeEach
  void aPlace() {
    keys = directory.resolve("keys.json");
  }

  @Test
  void aKeyIsShownOnceAndTheFileHasItsHashOnly() throws IOException {
    Ran made = keys("create", "--user", "ci", "--tenant", "acme", "--label", "nightly", "--for=7d");

    assertThat(made.code()).as(made.err()).isZero();
    String key = made.out().strip();
    assertThat(key).matches("mgk_[0-9A-Za-z]{49}");
    assertThat(made.err()).contains("of ci, until 20").contains("not on record yet");
    assertThat(Files.readString(keys)).doesNotContain(key.substring(4)).contains("\"ci\"");
    Ran list = keys("list");
    assertThat(list.out()).contains("waits").contains("nightly").doesNotContain(key.substring(4));
    assertThat(listed())
        .singleElement()
        .satisfies(
            one ->
                assertThat(one)
                    .containsEntry("user", "ci")
                    .containsEntry("tenants", List.of("acme")));
  }

  @Test
  void keysAreRevokedByTheirIdsOrByTheirUser() {
    keys("create", "--user", "ci");
    keys("create", "--user", "ci");
    keys("create", "--user", "alice");
    String first = String.valueOf(listed().get(0).get("id"));

    assertThat(keys("revoke", first).out()).contains("Key " + first + " of ci is revoked.");
    assertThat(listed())
        .extracting(one -> one.get("state"))
        .containsExactly("revoked", "waits", "waits");
    assertThat(keys("revoke", "--user", "ci", "--by", "bob").code()).isZero();
    assertThat(listed())
        .extracting(one -> one.get("state"))
        .containsExactly("revoked", "revoked", "waits");
    assertThat(listed().get(1)).containsEntry("revoked_by", "bob");
    assertThat(keys("revoke", first).out()).contains("Nothing was in force.");
  }

  @Test
  void whatCannotBeIsRefusedWithTheReason() throws IOException {
    assertThat(keys("list"))
        .satisfies(
            ran -> {
              assertThat(ran.code()).isEqualTo(1);
              assertThat(ran.err()).contains("there is no file of API keys");
            });
    assertThat(keys("create", "--user", "a b").code()).isEqualTo(2);
    assertThat(keys("create", "--user", "a", "--until", "2020-01-01").err())
        .contains("over already");
    assertThat(keys("create", "--user", "a", "--label", "two\nlines").code()).isEqualTo(2);
    assertThat(keys("create", "--user", "a", "--tenant", " ").code()).isEqualTo(2);
    assertThat(Files.exists(keys)).isFalse();
    keys("create", "--user", "ci");
    assertThat(keys("revoke").code()).isEqualTo(2);
    assertThat(keys("revoke", "000000000000").err()).contains("no key with the id");
    Path config = Files.writeString(directory.resolve("governor.yaml"), "listen: 127.0.0.1:0\n");
    assertThat(run("list", "-f", config))
        .satisfies(
            ran -> {
              assertThat(ran.code()).isEqualTo(2);
              assertThat(ran.err()).contains("takes no API keys");
            });
  }

  @Test
  void aGatewayThatRunsHeedsWhatIsDoneAndPutsItOnRecord() throws Exception {
    Path config =
        Files.writeString(
            directory.resolve("governor.yaml"),
            """
            listen: 127.0.0.1:0
            servers: { crm: { url: "http://127.0.0.1:1/mcp" } }
            identity: { keys: keys.json }
            audit: { dir: audit, durability: flush }
            """);
    try (Gateway gateway = Gateway.start(ConfigFile.read(config), line -> {});
        HttpClient http = HttpClient.newHttpClient()) {
      URI endpoint = gateway.endpoints().getFirst();
      Ran made = run("create", "--user", "ci", "-f", config);
      assertThat(made.err()).contains("On record, and in force.");
      String key = made.out().strip();

      assertThat(status(http, endpoint, key)).isNotEqualTo(401);
      Ran revoked = run("revoke", "--user", "ci", "-f", config);
      assertThat(status(http, endpoint, key)).isEqualTo(401);
      assertThat(revoked.out()).contains("On record.");
    }
    try (Stream<Path> files = Files.list(directory.resolve("audit"))) {
      String log = "";
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
        log += Files.readString(file, UTF_8);
      }
      assertThat(log).contains("\"key.create\"").contains("\"key.revoke\"");
    }
  }

  private static int status(HttpClient http, URI endpoint, String key) throws Exception {
    return http.send(
            HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("X-API-Key", key)
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
