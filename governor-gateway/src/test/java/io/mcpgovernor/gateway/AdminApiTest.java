package io.mcpgovernor.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.gateway.identity.ApiKeys;
import io.mcpgovernor.gateway.identity.KeyEntry;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What administrators see and change, and that every answer is as the description has it. */
@Timeout(120)
final class AdminApiTest {
  private static final String BY = "\"by\":\"olga\"";

  @TempDir Path directory;
  private final ScriptedServer server;
  private AdminUnderTest admin;

  @SuppressWarnings("NullAway.Init") // started before each test
  AdminApiTest() throws Exception {
    server = new ScriptedServer();
  }

  @BeforeEach
  void start() throws Exception {
    admin = AdminUnderTest.before(server, directory);
  }

  @AfterEach
  void end() throws Exception {
    admin.close();
    server.close();
  }

  /** Asks, and holds the answer to the description. */
  private HttpResponse<String> ask(String method, String path, @Nullable String body)
      throws Exception {
    HttpResponse<String> answer = admin.ask(method, path, body);
    String bare = path.replaceFirst("\\?.*", "");
    Map<?, ?> document = AdminUnderTest.json(admin.get("/openapi.json"));
    String type = answer.headers().firstValue("content-type").orElseThrow().replaceFirst(";.*", "");
    Object schema = document;
    for (String step :
        List.of(
            "paths",
            bare,
            method.toLowerCase(Locale.ROOT),
            "responses",
            String.valueOf(answer.statusCode()),
            "content",
            type,
            "schema")) {
      assertThat(schema instanceof Map<?, ?> at && at.containsKey(step))
          .as(method + " " + path + ": " + step + " in the description")
          .isTrue();
      schema = ((Map<?, ?>) schema).get(step);
    }
    if (type.endsWith("json")) {
      Map<String, @Nullable Object> whole = new LinkedHashMap<>();
      ((Map<?, ?>) schema).forEach((key, value) -> whole.put(String.valueOf(key), value));
      whole.put("components", document.get("components"));
      assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                  .getSchema(new String(Json.of(whole).utf8(), UTF_8), InputFormat.JSON)
                  .validate(answer.body(), InputFormat.JSON))
          .as(method + " " + path + ": " + answer.body())
          .isEmpty();
    }
    return answer;
  }

  private int status(String method, String path, @Nullable String body) throws Exception {
    return ask(method, path, body).statusCode();
  }

  private String log() throws Exception {
    StringBuilder log = new StringBuilder();
    for (Map<String, @Nullable Object> record :
        GatewayUnderTest.records(directory.resolve("audit"))) {
      log.append(new String(Json.of(record).utf8(), UTF_8)).append('\n');
    }
    return log.toString();
  }

  @Test
  void theDescriptionHasAllRoutesAndNoOthers() throws Exception {
    Set<String> described = new TreeSet<>();
    ((Map<?, ?>) AdminUnderTest.json(admin.get("/openapi.json")).get("paths"))
        .forEach(
            (path, operations) ->
                ((Map<?, ?>) operations)
                    .keySet()
                    .forEach(
                        method ->
                            described.add(
                                String.valueOf(method).toUpperCase(Locale.ROOT) + " " + path)));
    assertThat(admin.gateway.adminRoutes()).containsExactlyInAnyOrderElementsOf(described);
  }

  @Test
  void whatNeedsNoTokenAnswersAsDescribed() throws Exception {
    assertThat(status("GET", "/livez", null)).isEqualTo(200);
    assertThat(status("GET", "/readyz", null)).isEqualTo(200);
    assertThat(status("GET", "/metrics", null)).isEqualTo(200);
    assertThat(status("GET", "/openapi.json", null)).isEqualTo(200);
  }

  @Test
  void aGrantCountsAndIsOnRecordWithWhoMadeIt() throws Exception {
    assertThat(
            status(
                "POST",
                "/v1/grants",
                "{\"subject\":\"user:bob\",\"tenant\":\"acme\",\"reason\":\"On call.\","
                    + BY
                    + "}"))
        .isEqualTo(201);
    assertThat(ask("GET", "/v1/grants", null).body()).contains("bob", "acme", "olga");
    assertThat(
            status(
                "POST",
                "/v1/revocations",
                "{\"subject\":\"user:bob\",\"tenant\":\"acme\"," + BY + "}"))
        .isEqualTo(201);
    assertThat(ask("GET", "/v1/grants", null).body()).contains("revoke");
    assertThat(log()).contains("\"by\":\"olga\"").contains("acme");
  }

  @Test
  void aChangeThatSaysTooLittleChangesNothing() throws Exception {
    String before = ask("GET", "/v1/grants", null).body();
    for (String body :
        List.of(
            "{}",
            "{\"subject\":\"user:bob\",\"reason\":\"x\"," + BY + "}",
            "{\"subject\":\"user:bob\",\"tenant\":\"a\",\"permission\":\"b\",\"reason\":\"x\","
                + BY
                + "}",
            "{\"subject\":\"user:bob\",\"tenant\":\"a\",\"reason\":\"x\"}",
            "{\"subject\":\"nobody\",\"tenant\":\"a\",\"reason\":\"x\"," + BY + "}",
            "{\"subject\":\"user:bob\",\"tenant\":\"a\",\"until\":\"1999-01-01T00:00:00Z\",\"reason\":\"x\","
                + BY
                + "}",
            "{\"subject\":\"user:bob\",\"tenant\":\"a\",\"typo\":1,\"reason\":\"x\"," + BY + "}")) {
      assertThat(status("POST", "/v1/grants", body)).as(body).isEqualTo(422);
    }
    assertThat(status("POST", "/v1/grants", "no JSON")).isEqualTo(400);
    assertThat(ask("GET", "/v1/grants", null).body()).isEqualTo(before);
  }

  @Test
  void aToolInQuarantineIsApprovedByThePinThatWasLookedAt() throws Exception {
    WireClient client = admin.client();
    assertThat(client.legacy("tools/call", Requests.call("look", "{}")).text()).isEqualTo("done");
    server.on(
        "tools/list",
        asked ->
            asked.result(
                "{\"tools\":[{\"name\":\"look\",\"description\":\"new\","
                    + "\"inputSchema\":{\"type\":\"object\"}}]}"));
    client.legacy("tools/list", "{}");
    assertThat(ask("GET", "/v1/tools?pending=true", null).body()).contains("\"changed\"");
    assertThat(admin.metrics("governor_tools_quarantined{"))
        .containsExactly("governor_tools_quarantined{server=\"crm\"} 1.0");
    Map<?, ?> tool =
        (Map<?, ?>)
            ((List<?>) AdminUnderTest.json(ask("GET", "/v1/tools", null)).get("tools")).getFirst();
    String body = "{\"server\":\"crm\",\"tool\":\"look\"," + BY + ",\"pin\":\"%s\"}";
    assertThat(status("POST", "/v1/tools/approve", body.formatted("0".repeat(64)))).isEqualTo(409);
    assertThat(
            status(
                "POST",
                "/v1/tools/approve",
                body.formatted("0".repeat(64)).replace("look", "nosuch")))
        .isEqualTo(404);
    assertThat(status("POST", "/v1/tools/approve", body.formatted(tool.get("waiting"))))
        .isEqualTo(200);
    while (!admin.metrics("governor_tools_quarantined{").getFirst().endsWith(" 0.0")) {
      Thread.sleep(20); // until the gateway has put it on record
    }
    assertThat(client.legacy("tools/call", Requests.call("look", "{}")).text()).isEqualTo("done");
    assertThat(log()).contains("tool.approve").contains("olga");
  }

  @Test
  void theConfigurationIsTakenOverWhenAskedAndABadOneIsNot() throws Exception {
    String first =
        String.valueOf(AdminUnderTest.json(ask("GET", "/v1/configuration", null)).get("version"));
    String yaml = Files.readString(admin.file);
    Files.writeString(admin.file, yaml.replace("1000000/1h", "999/1h"));
    HttpResponse<String> reloaded = ask("POST", "/v1/configuration/reload", "");
    assertThat(reloaded.statusCode()).isEqualTo(200);
    String second = String.valueOf(AdminUnderTest.json(reloaded).get("version"));
    assertThat(second).isNotEqualTo(first);
    Files.writeString(admin.file, yaml + "typo: 1\n");
    HttpResponse<String> refused = ask("POST", "/v1/configuration/reload", "");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("typo");
    assertThat(ask("GET", "/v1/configuration", null).body()).contains(second).contains("typo");
    assertThat(ask("GET", "/readyz", null).body())
        .contains("\"configuration\",\"status\":\"warn\"");
  }

  @Test
  void recordsAreFoundByWhatTheyHoldAndNoMoreThanAskedFor() throws Exception {
    WireClient client = admin.client();
    for (int i = 0; i < 3; i++) {
      client.legacy("tools/call", Requests.call("look", "{}"));
    }
    client.legacy("tools/call", Requests.call("nosuch", "{}"));
    Map<String, @Nullable Object> denied =
        AdminUnderTest.json(ask("GET", "/v1/audit?code=unknown_tool", null));
    assertThat(denied.get("matches")).hasToString("1");
    assertThat(denied.get("complete")).isEqualTo(true);
    Map<String, @Nullable Object> some =
        AdminUnderTest.json(ask("GET", "/v1/audit?event=outcome&limit=2", null));
    assertThat((List<?>) some.get("records")).hasSize(2);
    assertThat(some.get("matches")).hasToString("3");
    assertThat(some.get("complete")).isEqualTo(false);
    assertThat(ask("GET", "/v1/audit?since=2999-01-01T00:00:00Z", null).body())
        .contains("\"records\":[]");
    assertThat(status("GET", "/v1/audit?limit=0", null)).isEqualTo(422);
    assertThat(status("GET", "/v1/audit?colour=blue", null)).isEqualTo(422);
    assertThat(status("GET", "/v1/audit?since=yesterday", null)).isEqualTo(422);
  }

  @Test
  void withoutApiKeysThereAreNone() throws Exception {
    assertThat(status("GET", "/v1/keys", null)).isEqualTo(404);
    assertThat(status("POST", "/v1/keys/revoke", "{\"id\":\"x\"," + BY + "}")).isEqualTo(404);
  }

  @Test
  void keysOfCallersAreListedAndTakenBackAndThatIsOnRecord() throws Exception {
    admin.close();
    Path file = directory.resolve("keys.json");
    ApiKeys keys = ApiKeys.open(file);
    ApiKeys.Created made =
        keys.create(new KeyEntry.Owner("ann", Set.of("acme"), Set.of(), "ci"), null, "test");
    admin = AdminUnderTest.before(server, directory, "identity: { keys: keys.json }");
    String id = made.entry().id();

    String list = ask("GET", "/v1/keys", null).body();
    assertThat(list).contains(id, "\"ann\"", "\"acme\"").doesNotContain(made.text());

    HttpResponse<String> revoked =
        ask("POST", "/v1/keys/revoke", "{\"id\":\"" + id + "\"," + BY + "}");
    assertThat(revoked.statusCode()).isEqualTo(200);
    assertThat(keys.list()).singleElement().matches(key -> key.revoked() != null);
    assertThat(GatewayUnderTest.records(directory.resolve("audit")))
        .extracting(record -> record.get("tool_name"))
        .contains("key.revoke");
    assertThat(status("POST", "/v1/keys/revoke", "{\"id\":\"" + id + "\"," + BY + "}"))
        .isEqualTo(404);
  }
}
