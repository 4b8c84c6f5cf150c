package io.mcpgovernor.cli.demo;

import static io.mcpgovernor.cli.demo.Act.call;
import static io.mcpgovernor.cli.demo.Act.compareWithLog;
import static io.mcpgovernor.cli.demo.Act.list;
import static io.mcpgovernor.cli.demo.Expectation.allowed;
import static io.mcpgovernor.cli.demo.Expectation.denied;
import static io.mcpgovernor.cli.demo.Expectation.logTellsTheSame;
import static io.mcpgovernor.cli.demo.Expectation.sees;
import static io.mcpgovernor.cli.demo.Step.scene;
import static io.mcpgovernor.cli.demo.Step.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final Report text = new TextReport(new PrintWriter(out), Ink.PLAIN);

  @Test
  void anUnmetExpectationFailsTheDemoAndIsNamedAtTheEnd() {
    Step wrong =
        step(
            "Wrong",
            "Bob may not.",
            scene(call(Caller.BOB, "export_customers", Map.of()), allowed()),
            scene(call(Caller.BOB, "export_customers", Map.of()), denied("rls")));

    assertThat(Demo.play(Transport.HTTP, directory, List.of(good(), wrong), text)).isEqualTo(1);
    assertThat(out.toString())
        .contains("ok: this tool only", "DENIED pii_access", "FAILED: expected allowed")
        .contains(
            """
            FAILED: not everything went as expected""")
        .endsWith(
            """
              - step 2 (Wrong): expected allowed
              - step 2 (Wrong): expected denied with rls, tool not run
            """
                .replace("\n", System.lineSeparator()));
  }

  @Test
  void anActThatBreaksFailsTheDemoAndTheStoryGoesOn() {
    Step broken =
        step(
            "Broken",
            "Something is wrong.",
            scene(
                stage -> {
                  throw new IllegalStateException("out of order");
                }));

    assertThat(Demo.play(Transport.HTTP, directory, List.of(broken, good()), text)).isEqualTo(1);
    assertThat(out.toString()).contains("out of order", "ok: this tool only");
  }

  @Test
  void aLogThatHasEarlierRunsIsNoObstacle() {
    Step compared =
        step(
            "Compared",
            "The log of this run.",
            scene(call(Caller.ALICE, "search_orders", Map.of("limit", 1)), allowed()),
            scene(compareWithLog(), logTellsTheSame()));

    assertThat(Demo.play(Transport.HTTP, directory, List.of(compared), text))
        .as(out.toString())
        .isZero();
    assertThat(Demo.play(Transport.HTTP, directory, List.of(compared), text))
        .as(out.toString())
        .isZero();
  }

  @Test
  void asJsonItIsOneObject() {
    Step denied =
        step(
            "Denied",
            "Bob may not.",
            scene(call(Caller.BOB, "export_customers", Map.of()), denied("pii_access")));

    int status =
        Demo.play(
            Transport.HTTP,
            directory,
            List.of(denied, good()),
            new JsonReport(new PrintWriter(out)));

    assertThat(status).isZero();
    Map<String, ?> story = Json.text(out.toString()).object();
    assertThat(story.get("ok")).isEqualTo(true);
    assertThat((List<?>) story.get("steps")).hasSize(2);
    assertThat(out.toString())
        .contains("\"verdict\":\"denied\",\"code\":\"pii_access\"", "\"overhead_us\":");
  }

  private static Step good() {
    return step("Good", "Bob sees one tool.", scene(list(Caller.BOB), sees("search_orders")));
  }
}
