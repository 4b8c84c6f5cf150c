package io.mcpgovernor.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpgovernor.audit.Durability;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.policy.RateLimit.By;
import io.mcpgovernor.policy.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file to records, or to everything that is wrong with it. */
final class ConfigFileTest {
  @TempDir private Path directory;

  private GovernorConfig config(String yaml) {
    return Page.read(directory, yaml).config();
  }

  private List<String> problems(String yaml) {
    ConfigException e =
        catchThrowableOfType(ConfigException.class, () -> Page.read(directory, yaml));
    assertThat(e).as("this should be refused: " + yaml).isNotNull();
    return e.problems().stream()
        .map(problem -> problem.toString().replace(directory + "/", ""))
        .toList();
  }

  @Test
  void theCompleteExampleIsReadAsItIsMeant() {
    GovernorConfig config = config(Page.completeExample());

    assertThat(config.listen()).isEqualTo(new Address("127.0.0.1", 8_090));
    assertThat(config.servers().get("crm").command()).containsExactly("java", "-jar", "crm.jar");
    assertThat(config.servers().get("erp").bearer().value()).isEqualTo("s3cr3t-erp");
    assertThat(config.identity().jwt().audience()).containsExactly("https://mcp.example");
    assertThat(config.identity().jwt().tenant()).containsExactly("/tid", "/org_id");
    assertThat(config.identity().permissions())
        .isEqualTo(Map.of("scope", Map.of("pii:read", Set.of("PII_READ"))));
    assertThat(config.limits().rate()).isEqualTo(new Rate(100, Duration.ofHours(1)));
    assertThat(config.limits().by()).containsExactly(By.USER);
    assertThat(config.limits().resultBytes()).isEqualTo(new ByteSize(8 << 20));
    assertThat(config.masking().tools()).isEqualTo(Map.of("crm.export_*", Sensitivity.STRICT));
    assertThat(config.rules())
        .extracting(RuleConfig::name)
        .containsExactly("no-bulk-export", "few-reports", "no-large-results", "no-admin-tools");
    assertThat(config.rules().get(0).when().value())
        .isEqualTo("tool.name == \"export\" && args.limit > 1000");
    assertThat(config.rules().get(1).when().value()).isEqualTo("true");
    assertThat(config.rules().get(2).on()).isEqualTo(Rule.Moment.RESULT);
    assertThat(config.rules().get(2).mode()).isEqualTo(Rule.Mode.SHADOW);
    assertThat(config.grants().users().get("bob").until())
        .isEqualTo(Instant.parse("2027-02-01T00:00:00Z"));
    assertThat(config.audit().durability()).isEqualTo(Durability.FSYNC);
    assertThat(config.audit().keep()).isEqualTo(Duration.ofDays(90));
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    GovernorConfig config = config("audit: {}");

    assertThat(config.audit().dir()).isEqualTo(Path.of("audit"));
    assertThat(config.limits())
        .isEqualTo(config("limits: {rate: 100/1h, by: [user], timeout: 60s}").limits());
    assertThat(config.rules()).isEmpty();
    assertThat(config.admin()).isNull();
  }

  @Test
  void theShownErrorsAreTheOnesOnThePage() {
    List<String> shown =
        Page.text().lines().filter(line -> line.startsWith("governor.yaml:")).toList();

    assertThat(
            problems(
                """
                # what the page shows
                limits:
                  rates: 100/1h
                  timeout: 60 seconds
                servers:
                  erp: { bearer: s3cr3t, url: "https://erp.example/mcp" }
                """))
        .hasSize(3)
        .isEqualTo(shown);
  }

  @Test
  void allProblemsAreSaidAtOnceInTheOrderOfTheFile() {
    assertThat(
            problems(
                """
                listen: 8090
                limits:
                  rate: 100 an hour
                  concurency: 3
                  by: user
                  complexity: "100"
                masking:
                  level: high
                  kinds: [defualt]
                rules: {}
                audit:
                """))
        .containsExactly(
            "governor.yaml:1:9 listen: this must be a host and a port with a colon between them,"
                + " not a number; for example: 127.0.0.1:8090",
            "governor.yaml:3:9 limits.rate: this must be a number of calls from 1 to 1,000,000, a"
                + " slash and a time of at most a day; for example: 100/1h",
            "governor.yaml:4:3 limits.concurency: there is no such key here; did you mean"
                + " concurrency?",
            "governor.yaml:5:7 limits.by: this must be a list, not a text; for example: [user,"
                + " tool]",
            "governor.yaml:6:15 limits.complexity: this must be a whole number from 1 to"
                + " 1000000000, without quotes or unit, not a text",
            "governor.yaml:8:10 masking.level: this must be one of standard, strict",
            "governor.yaml:9:11 masking.kinds[0]: this must be default, all or a kind of PII; did"
                + " you mean default?",
            "governor.yaml:10:8 rules: this must be a list, not a group of keys",
            "governor.yaml:11:7 audit: this must be a group of keys, not nothing; leave the key out"
                + " if it shall have no value; for example: dir, durability, keep, keep_bytes,"
                + " segments, checkpoints, keys, denials_minute, queue_bytes are known");
  }

  @Test
  void ofManyProblemsTheFirstFiftyAreSaid() {
    String many = "tools:\n" + "  t%d: {timeout: 1}\n".repeat(200).formatted(numbers(200));

    assertThat(problems(many)).hasSize(50).last().asString().contains("and 151 more problems");
  }

  private static Object[] numbers(int count) {
    Object[] numbers = new Object[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i;
    }
    return numbers;
  }

  @Test
  void booleansOfOldYamlAreTexts() {
    for (String old : List.of("yes", "on", "no", "NO")) {
      assertThat(problems("tools: {x: {requires_pii: " + old + "}}"))
          .singleElement()
          .asString()
          .contains("must be true or false, without quotes, not a text");
    }
    assertThat(config("rules: [{name: a, on: result, mask: {}}]").rules()).hasSize(1);
    assertThat(config("grants: {users: {NO: {tenants: [NO]}}}").grants().users()).containsKey("NO");
  }

  @Test
  void numbersWhereNamesAreMeantWantQuotes() {
    assertThat(problems("grants: {users: {a: {tenants: [42]}}}"))
        .singleElement()
        .asString()
        .contains("put it in quotes");
  }

  @Test
  void keysThatDoNotGoTogetherAreNamed() {
    assertThat(problems("servers: {a: {}, b: {command: [x], url: 'https://a.example'}}"))
        .containsExactly(
            "governor.yaml:1:14 servers.a: one of these keys is missing: command, url",
            "governor.yaml:1:21 servers.b: only one of these keys may be here: command, url");
    assertThat(problems("servers: {a: {url: 'https://a.example', cwd: /tmp}}"))
        .singleElement()
        .asString()
        .contains("servers.a.cwd: this key means something beside command only");
    assertThat(
            problems(
                """
                rules:
                  - {name: a, limit: {rate: 1/1s}, on: result}
                  - {name: b, hide: {}}
                  - {name: b, hide: {}}
                shadow: [rls]
                disable: {rls: "One tenant."}
                masking: {mode: hash, columns: {a.b: strict, "A.b": standard}}
                """))
        .containsExactly(
            "governor.yaml:2:15 rules[0].limit: a rule about results can deny or mask",
            "governor.yaml:7:11 masking.mode: mode hash needs hash_key: without a key, anybody could"
                + " try out values",
            "governor.yaml:7:23 masking.columns: the column rules a.b and A.b mean the same; give"
                + " them one level, or keep one of them");
    assertThat(
            problems(
                """
                rules:
                  - {name: b, hide: {}}
                  - {name: b, hide: {}}
                shadow: [rls]
                disable: {rls: "One tenant."}
                """))
        .containsExactly(
            "governor.yaml:3:6 rules[1].name: another rule has this name; each needs one of its"
                + " own",
            "governor.yaml:5:11 disable.rls: a policy that runs in shadow is not off; say one of"
                + " both");
  }

  @Test
  void everybodyIsOneUserWhereOnlyThisMachineCanBe() {
    String everyone = "identity: {everyone: {user: me, roles: admin}}\n";
    for (String here : List.of("127.0.0.1:0", "localhost:80", "'[::1]:8090'", "127.8.9.10:1")) {
      assertThat(config("listen: " + here + "\n" + everyone).identity().everyone())
          .isEqualTo(new EveryoneConfig("me", Set.of(), Set.of("admin"), false));
    }
    for (String open :
        List.of("0.0.0.0:80", "'[::]:80'", "127.evil.example:80", "127.0.0.1.example:80", "a:1")) {
      assertThat(problems("listen: " + open + "\n" + everyone))
          .singleElement()
          .asString()
          .startsWith("governor.yaml:2:12 identity.everyone: ")
          .contains("trust_network: true");
    }
    assertThat(
            config("listen: 0.0.0.0:80\nidentity: {everyone: {user: me, trust_network: true}}")
                .identity()
                .everyone()
                .trustNetwork())
        .isTrue();
  }

  @Test
  void everybodyIsOneUserOrShowsATokenAndNotBoth() {
    assertThat(
            problems(
                "identity: {everyone: {user: me}, jwt: {issuer: 'https://a.example', audience: b}}"))
        .containsExactly(
            "governor.yaml:1:12 identity.everyone: everybody is one user here, so nobody shows a"
                + " token; say one of both");
  }

  @Test
  void keysOfIssuersComeOverHttpsOrFromThisMachine() {
    String audience = ", audience: b";
    assertThat(problems("identity: {jwt: {issuer: 'http://a.example'" + audience + "}}"))
        .singleElement()
        .asString()
        .startsWith("governor.yaml:1:18 identity.jwt.issuer: the keys of whoever signs tokens");
    assertThat(
            problems(
                "identity: {jwt: {issuer: 'https://a.example', jwks: 'http://a.example/k'"
                    + audience
                    + "}}"))
        .singleElement()
        .asString()
        .startsWith("governor.yaml:1:47 identity.jwt.jwks: the keys of whoever signs tokens");
    for (String loopback : List.of("localhost", "127.0.0.1", "[::1]")) {
      JwtConfig jwt =
          config("identity: {jwt: {issuer: 'http://" + loopback + ":8080/x'" + audience + "}}")
              .identity()
              .jwt();
      assertThat(jwt.clockSkew()).isEqualTo(Duration.ofSeconds(60));
      assertThat(jwt.isUrl()).isFalse();
    }
  }

  @Test
  void certificatesNeedSomebodyWhoVouchesForThem() {
    assertThat(problems("identity: {certificates: {}}"))
        .containsExactly(
            "governor.yaml:1:12 identity.certificates: nobody vouches for these certificates; say"
                + " front.tls.client_ca");
    String tls = "front: {tls: {certificate: a.pem, key: a.key, client_ca: ca.pem}}\n";
    assertThat(config(tls + "identity: {certificates: {}}").identity().certificates())
        .isEqualTo(new CertificatesConfig(CertificatesConfig.User.SAN_URI, null));
  }

  @Test
  void oneMessageMustFitIntoWhatAllMayTake() {
    assertThat(problems("limits: {message_bytes: 8MiB, in_flight_bytes: 4MiB}"))
        .singleElement()
        .asString()
        .startsWith("governor.yaml:1:10 limits.message_bytes: one message may be larger than");
  }

  @Test
  void whatTheGatewayKeepsToHasDefaults() {
    GovernorConfig config =
        config("servers: {a: {command: [x]}, b: {url: 'https://b.example/mcp'}}");

    assertThat(config.pins()).isEqualTo(Path.of("pins.json"));
    assertThat(config.newTools()).isEqualTo(GovernorConfig.NewTools.PIN);
    assertThat(config.unknownMethods()).isEqualTo(GovernorConfig.UnknownMethods.GOVERN);
    assertThat(config.front()).isEqualTo(new FrontConfig(null, null, Set.of(), Set.of()));
    assertThat(config.identity().everyone()).isNull();
    assertThat(config.servers().get("a").processes()).isEqualTo(64);
    assertThat(config.servers().get("a").idle()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.servers().get("b").concurrency()).isEqualTo(128);
    assertThat(config.servers().get("b").connectTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.limits().messageBytes().asInt()).isEqualTo(4 << 20);
    assertThat(config.limits().inFlightBytes().bytes()).isEqualTo(64L << 20);
    assertThat(config.limits().sessions()).isEqualTo(10_000);
    assertThat(config.limits().connections()).isEqualTo(4_096);
    assertThat(config.limits().requests()).isEqualTo(1_024);
  }

  @Test
  void theRootMustBeAGroupOfKeys() {
    assertThat(problems("- a")).singleElement().asString().startsWith("governor.yaml:1:1: ");
    assertThat(problems("just text")).singleElement().asString().contains("not a text");
  }

  @Test
  void filesThatCannotBeReadAreProblemsAsWell() throws IOException {
    Path absent = directory.resolve("absent.yaml");
    Path large = Files.write(directory.resolve("large.yaml"), new byte[(4 << 20) + 1]);
    for (Path file : List.of(absent, directory, large, Path.of("/"))) {
      assertThat(catchThrowableOfType(ConfigException.class, () -> ConfigFile.read(file)))
          .isNotNull()
          .hasMessageStartingWith(file + ":1:1: ");
    }
  }

  @Test
  void nothingInAMessageCanSteerATerminal() {
    assertThat(problems("\"a\\e[31m\\n\\u202e\": 1"))
        .singleElement()
        .asString()
        .doesNotContain("\u001b", "\n", "\u202e")
        .contains("\\u{1b}[31m\\u{a}\\u{202e}");
  }

  @Test
  void theClosestPatternCountsForEachKey() {
    ToolChoices tools = new ToolChoices(config(Page.completeExample()));

    assertThat(tools.of("crm", "list").tags()).containsExactly("crm");
    assertThat(tools.of("crm", "list").masking()).isEqualTo(Sensitivity.STANDARD);
    assertThat(tools.of("crm", "export_orders").masking()).isEqualTo(Sensitivity.STRICT);
    assertThat(tools.of("crm", "export_customers").tags()).containsExactlyInAnyOrder("crm", "bulk");
    assertThat(tools.of("crm", "export_customers").timeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(tools.of("erp", "export_customers").tags()).isNull();
  }

  @Test
  void aPatternWithoutADotIsForAnyServer() {
    assertThat(ToolPattern.of("get_*").matches("crm", "get_a")).isTrue();
    assertThat(ToolPattern.of("*").matches("crm", "a.b\nc")).isTrue();
    assertThat(ToolPattern.of("crm.get_?").matches("crm", "get_a")).isTrue();
    assertThat(ToolPattern.of("crm.get_?").matches("crm2", "get_a")).isFalse();
    assertThat(ToolPattern.of("crm.get_?").matches("crm", "get_ab")).isFalse();
    assertThat(ToolPattern.of("*.report.run").matches("erp", "report.run")).isTrue();
    assertThat(ToolPattern.of("report.run").matches("erp", "report.run")).isFalse();
    assertThat(ToolPattern.of("[a]+$").matches("erp", "[a]+$")).isTrue();
  }
}
