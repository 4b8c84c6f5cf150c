package io.mcpgovernor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.cli.leaktest.FixtureHttp;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LeakTestCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new LeakTestCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void aCommandIsGivenTheFixtureInPlaceOfItsPlaceholder() {
    int status = run("--kinds", "ssn,email", "--", "sh", "-c", "exec {fixture}");

    assertThat(status).as(err.toString()).isEqualTo(1);
    assertThat(out.toString())
        .contains("ssn             email")
        .containsPattern("structured +LEAK +LEAK")
        .containsPattern("number +LEAK +-")
        .containsPattern("\\d+ LEAK\\R$");
  }

  @Test
  void aServerOverHttpIsTestedAndToldOfAsJson() throws IOException {
    try (FixtureHttp gateway = FixtureHttp.start(0)) {
      int status = run("--json", "--kinds", "card", gateway.uri().toString());

      assertThat(status).isEqualTo(1);
      assertThat(Json.text(out.toString().strip()).object())
          .containsEntry("ok", false)
          .containsKeys("counts", "places");
      assertThat(err.toString())
          .contains("The upstream of this gateway has to be: http://127.0.0.1:");
    }
  }

  @Test
  void aServerThatEndsAtOnceIsAnErrorAndNoSuccess() {
    assertThat(run("--", "true")).isEqualTo(1);
    assertThat(run()).isEqualTo(2);
    assertThat(run("--kinds", "shoe-size", "--", "true")).isEqualTo(2);
    assertThat(err.toString()).contains("Name a URL", "There is no kind shoe-size");
  }
}
