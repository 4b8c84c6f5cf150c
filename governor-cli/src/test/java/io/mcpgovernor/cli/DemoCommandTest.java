package io.mcpgovernor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DemoCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"http", "stdio"})
  void theWholeStoryGoesAsExpectedAndNothingLingers(String transport, @TempDir Path directory)
      throws IOException {
    Set<Thread> before = keepingAlive();

    int status = demo("--transport", transport, "--audit-dir", directory.toString());

    String text = out.toString();
    assertThat(status).as(text).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(text)
        .contains(
            "All 16 steps went as expected",
            "50 of 168 calls flip to denied, 0 to allowed; ",
            "the first: erin's search_orders would be denied with rate_limit",
            "            WHOLE: ",
            "NOT WHOLE: audit-000001.jsonl line ",
            "email        ***@***.com",
            "phone        (***) ***-4567",
            "ssn          ***-**-6789",
            "card_number  ****-****-****-3456",
            "card_number  ****-****-****-****",
            "name         John Doe",
            "DENIED rls (executed: no)",
            "DENIED pii_access (executed: no)",
            "DENIED complexity (executed: no)",
            "100 ALLOWED",
            "50 DENIED rate_limit (executed: no)",
            "DENIED identity (executed: no)",
            "DENIED masked_value (executed: no)",
            "DENIED tool_error (executed: yes)",
            "DENIED schema (executed: no)",
            "The audit log is kept in " + directory)
        .doesNotContain("FAILED", "\033", "john@example.com", "4567-");
    assertThat(text.lines()).allMatch(line -> line.length() <= 100 || line.contains("kept in"));
    assertThat(text).isASCII();
    // Over stdio each caller has a log of their own; this is the one of who called too often.
    Path log = transport.equals("http") ? directory : directory.resolve("erin");
    assertThat(Files.readString(log.resolve("audit-000001.jsonl")))
        .contains("\"code\":\"rate_limit\"")
        .doesNotContain("john@example.com", "555-123-4567", "555) 123", "123-45-6789", "-3456");
    Set<Thread> left = new HashSet<>(keepingAlive());
    left.removeAll(before);
    assertThat(left).isEmpty();
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "stdio"})
  void aLogThatCannotBeWrittenIsOneLineAndAnError(String transport, @TempDir Path directory)
      throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThat(demo("--transport", transport, "--audit-dir", file.toString())).isEqualTo(1);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("audit log", file.toString());
  }

  private int demo(String... options) {
    return new CommandLine(new DemoCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err, true))
        .execute(options);
  }

  private static Set<Thread> keepingAlive() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.isDaemon())
        .collect(Collectors.toSet());
  }
}
