package io.mcpgovernor.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.gateway.identity.ApiKeys;
import io.mcpgovernor.gateway.identity.KeyEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gateway as it is served, with callers that show API keys. */
@Timeout(60)
final class ServedWithKeysTest {
  private static final String LOOK = Requests.call("look", "{}");

  @TempDir private Path directory;

  private ScriptedServer server;
  private Path file;
  private Gateway gateway;
  private ApiKeys keys;

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer();
    String yaml =
        GatewayUnderTest.yaml(
            "{ url: \"" + server.uri() + "\" }", "identity: { keys: private/keys.json }");
    file = directory.resolve("private/keys.json");
    Path config = Files.writeString(directory.resolve("governor.yaml"), yaml);
    gateway = Gateway.start(ConfigFile.read(config), line -> {});
    keys = ApiKeys.existing(file);
  }

  @AfterEach
  void end() throws Exception {
    gateway.close();
    server.close();
  }

  private WireClient client() {
    return new WireClient(gateway.endpoints().getFirst());
  }

  private static KeyEntry.Owner owner(String user) {
    return new KeyEntry.Owner(user, Set.of("acme"), Set.of("support"), "CI");
  }

  /** A key that is on record. */
  private ApiKeys.Created created(String user, @Nullable Instant expires) throws Exception {
    ApiKeys.Created created = keys.create(owner(user), expires, "bob");
    await();
    return created;
  }

  private void await() throws InterruptedException {
    while (!keys.list().stream().allMatch(KeyEntry::isRecorded)) {
      Thread.sleep(20);
    }
  }

  private List<Map<String, @Nullable Object>> admin() throws IOException {
    return GatewayUnderTest.records(directory.resolve("audit")).stream()
        .filter(record -> String.valueOf(record.get("tool_name")).startsWith("key."))
        .toList();
  }

  @Test
  void aKeyLetsItsUserCallInEitherHeader() throws Exception {
    String key = created("alice", null).text();

    Received bearer = client().with("Authorization", "Bearer " + key).stateless("tools/call", LOOK);
    Received plain = client().with("X-API-Key", key).stateless("tools/call", LOOK);

    assertThat(bearer.text()).isEqualTo("done");
    assertThat(plain.text()).isEqualTo("done");
    assertThat(GatewayUnderTest.records(directory.resolve("audit")))
        .filteredOn(record -> "outcome".equals(record.get("event")))
        .hasSize(2)
        .allMatch(record -> "alice".equals(record.get("user_id")))
        .allMatch(record -> "local".equals(record.get("principal_issuer")));
    for (Asked asked : server.seen()) {
      assertThat(asked.head()).doesNotContainIgnoringCase("api-key").doesNotContain("mgk_");
    }
  }

  @Test
  void aKeyThatIsRevokedInASessionCountsForNoFurtherRequest() throws Exception {
    ApiKeys.Created created = created("alice", null);
    WireClient client = client().with("X-API-Key", created.text()).initialized();
    assertThat(client.legacy("tools/call", LOOK).text()).isEqualTo("done");

    keys.revoke(key -> key.id().equals(created.entry().id()), "bob");

    Received refused = client.legacy("tools/call", LOOK);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.errorMessage()).isEqualTo("The API key was revoked.");
    assertThat(server.seen("tools/call")).hasSize(1);
  }

  @Test
  void whatIsDoneWithKeysIsOnRecordAndNeverTheKey() throws Exception {
    ApiKeys.Created created = created("alice", null);
    client().with("X-API-Key", created.text()).stateless("tools/call", LOOK);
    keys.revoke(key -> true, "carol");
    await();

    assertThat(admin())
        .extracting(record -> record.get("tool_name"))
        .containsExactly("key.create", "key.revoke");
    assertThat((Map<?, ?>) admin().get(0).get("arguments"))
        .isEqualTo(
            Map.of(
                "key",
                created.entry().id(),
                "user",
                "alice",
                "tenants",
                List.of("acme"),
                "roles",
                List.of("support"),
                "label",
                "CI",
                "by",
                "bob"));
    assertThat(admin().get(1).get("arguments").toString()).contains("by=carol");
    String secret = created.text().substring(4, 40);
    assertThat(Files.readString(file)).doesNotContain(secret);
    try (var logs = Files.list(directory.resolve("audit"))) {
      for (Path log : logs.toList()) {
        if (Files.isRegularFile(log)) {
          assertThat(new String(Files.readAllBytes(log), UTF_8)).doesNotContain(secret);
        }
      }
    }
    assertThat(created.toString()).doesNotContain(secret);
  }

  @Test
  void theFileIsItsOwnersAlone() throws Exception {
    created("alice", null);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void keysThatNobodyMadeOrThatHaveASlipOrExpiredAreRefused() throws Exception {
    String known = created("alice", Instant.now().plusSeconds(3_600)).text();
    ApiKeys others = ApiKeys.open(directory.resolve("other.json"));
    String unknown = others.create(owner("alice"), null, "bob").text();
    char last = known.charAt(known.length() - 1);
    String slip = known.substring(0, known.length() - 1) + (last == 'a' ? 'b' : 'a');

    assertRefused(unknown, "The gateway does not know the API key.");
    assertRefused(slip, "The API key is no key of a gateway; a part may be missing.");
    assertRefused(known.substring(0, 20), "a part may be missing.");
    assertThat(client().with("X-API-Key", known).stateless("tools/call", LOOK).text())
        .isEqualTo("done");
    ApiKeys.Created expired = keys.create(owner("bob"), Instant.now().minusSeconds(1), "bob");
    await();
    assertRefused(expired.text(), "The API key has expired.");
  }

  private void assertRefused(String key, String why) throws Exception {
    for (String header : List.of("X-API-Key", "Authorization")) {
      String value = header.equals("Authorization") ? "Bearer " + key : key;
      Received refused = client().with(header, value).stateless("tools/call", LOOK);
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.errorMessage()).endsWith(why);
      assertThat(refused.raw()).doesNotContain(key);
    }
  }

  @Test
  void tokensOfIssuersCountForNothingWhereOnlyKeysDo() throws Exception {
    Received refused =
        client().with("Authorization", "Bearer eyJ.eyJ.x").stateless("tools/call", LOOK);

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.errorMessage()).contains("takes no tokens");
    assertThat(client().stateless("tools/call", LOOK).raw())
        .contains("www-authenticate: Bearer\r\n");
  }

  @Test
  void withoutAFileThatCanBeReadNoKeyCounts() throws Exception {
    String key = created("alice", null).text();
    String good = Files.readString(file);
    Files.writeString(file, good.replace("\"version\":1", "\"version\":2"));

    Received refused = client().with("X-API-Key", key).stateless("tools/call", LOOK);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.raw()).containsIgnoringCase("retry-after: 5");

    Files.delete(file);
    assertThat(client().with("X-API-Key", key).stateless("tools/call", LOOK).status())
        .isEqualTo(503);
    Files.writeString(file, good);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(client().with("X-API-Key", key).stateless("tools/call", LOOK).text())
        .isEqualTo("done");
  }

  @Test
  void aFileThatOthersCanWriteIsNotBelieved() throws Exception {
    gateway.close();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThatThrownBy(
            () -> Gateway.start(ConfigFile.read(directory.resolve("governor.yaml")), line -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chmod 600");
  }
}
