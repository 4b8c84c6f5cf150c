package io.mcpgovernor.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code governor test}. */
final class TestCommandTest {
  private static final String CONFIG =
      """
      rules:
        - name: no-bulk-export
          tools: [export]
          when: args.limit > 1000
          deny: { reason: "At most 1,000 rows.", suggestions: ["Ask for fewer."] }
        - name: nobody-reaches-me
          tools: [nothing]
          deny: { reason: "No.", suggestions: ["Give up."] }
        - name: large-results
          on: result
          deny: { reason: "No.", suggestions: ["Give up."] }
      grants: { users: { alice: { tenants: [acme] } } }
      """;
  private static final String TESTS =
      """
      tools: tools.json
      tests:
        - name: A bulk export is denied.
          user: alice
          tool: crm.export
          args: { limit: 2000 }
          expect: deny
          code: rule:no-bulk-export
          reason: 1,000 rows
        - { name: A small one is allowed., user: alice, tool: export, args: { limit: 1 }, expect: allow }
        - { name: Nobody may export., tool: export, expect: deny, code: identity }
        - name: Other tenants are out of reach.
          user: bob
          tool: export
          args: { tenant_id: acme, limit: 1 }
          expect: deny
          code: rls
      """;

  @TempDir private Path directory;
  private Path tests = Path.of("");

  @BeforeEach
  void files() throws IOException {
    Files.writeString(directory.resolve("governor.yaml"), CONFIG);
    Files.writeString(
        directory.resolve("tools.json"), "{\"crm\": {\"tools\": [{\"name\": \"export\"}]}}");
    tests = Files.writeString(directory.resolve("tests.yaml"), TESTS);
  }

  @Test
  void whatPassesIsCountedAndEveryRuleSaysHowFarTestsReachIt() {
    Ran ran = Ran.here(new TestCommand(), tests);

    assertThat(ran.out())
        .startsWith("4 tests, all passed\n")
        .containsPattern("no-bulk-export +matched in 1 test\n")
        .containsPattern("nobody-reaches-me +never matched \\(governor.yaml:6:5\\)\n")
        .containsPattern("large-results +is off or about results");
    assertThat(ran.code()).isZero();
  }

  @Test
  void whatFailsSaysWhatWasExpectedAndWhatCame() throws IOException {
    Path other =
        Files.writeString(
            directory.resolve("other.yaml"), CONFIG.replace("limit > 1000", "limit > 5000"));

    Ran ran = Ran.here(new TestCommand(), tests, "--config", other);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .startsWith(
            """
            failed %s:3:5 A bulk export is denied.
              expected deny rule:no-bulk-export, with "1,000 rows" in the reason
              came     allow
            4 tests, 1 failed
            """
                .formatted(tests));
    Json json = Json.text(Ran.here(new TestCommand(), tests, "--config", other, "--json").out());
    assertThat(json.object()).containsEntry("is_passed", false);
    assertThat((List<?>) json.object().get("tests")).hasSize(4);
    assertThat((List<?>) json.object().get("rules")).hasSize(3);
  }

  @Test
  void aWrongReasonOrCodeFailsAsWell() throws IOException {
    Files.writeString(
        tests,
        TESTS
            .replace("reason: 1,000 rows", "reason: 2,000 rows")
            .replace("code: rls", "code: schema"));

    assertThat(Ran.here(new TestCommand(), tests).out())
        .contains("4 tests, 2 failed")
        .contains("came     deny rule:no-bulk-export: At most 1,000 rows.")
        .contains("expected deny schema\n  came     deny rls: ");
  }

  @Test
  void whatIsWrongWithTheTestsIsSaidWithItsPlace() throws IOException {
    Files.writeString(
        tests,
        """
        tests:
          - { name: One., user: alice, tool: export, expect: allow, code: rls }
          - { name: One., user: alice, tool: export, expects: deny }
          - { name: Two., user: alice, tool: export, expect: deny, code: rlz }
        """);

    Ran ran = Ran.here(new TestCommand(), tests);
    assertThat(ran.code()).isEqualTo(4);
    assertThat(ran.err())
        .contains("tests.yaml:2:61 tests[0].code: what is allowed has no code")
        .contains(
            "tests.yaml:3:46 tests[1].expects: there is no such key here; did you mean expect?")
        .contains("tests[2].code: there is no such code; did you mean rls?");
    Files.writeString(tests, TESTS.replace("tools.json", "none.json"));
    assertThat(Ran.here(new TestCommand(), tests).err()).contains("tests.yaml:1:1 tools: ");
    Files.delete(tests);
    assertThat(Ran.here(new TestCommand(), tests).err()).contains("there is no such file");
  }
}
