package io.mcpgovernor.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.audit.AuditLog.Receipt;
import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.audit.AuditRecord.Status;
import io.mcpgovernor.call.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class Slf4jSinkTest implements AuditSinkContract {
  private static final String LOGGER = "host.audit";

  private final StandardError error = new StandardError();

  @AfterEach
  void stop() {
    error.close();
  }

  @Override
  public AuditSink sink(Path audit) {
    return new Slf4jSink(LOGGER);
  }

  /** One a line: a record that broke its line would not be one. */
  @Override
  public List<String> received() {
    return lines().stream().map(line -> line.substring(line.indexOf('{'))).toList();
  }

  private List<String> lines() {
    return error.text().lines().filter(line -> line.contains(LOGGER)).toList();
  }

  private static AuditRecord record(Event event, Status status, String text) {
    return AuditRecord.of(event, status, Instant.EPOCH, text, text)
        .arguments(Json.of(Map.of("text", text)))
        .result(Json.text("[\n\t\"" + text.replace("\n", "\\n").replace("\r", "\\r") + "\"\r\n]"))
        .build();
  }

  @Test
  void whatWasRefusedOrFailedIsAWarning() {
    Slf4jSink sink = new Slf4jSink(LOGGER);
    sink.accept(record(Event.ATTEMPT, Status.PENDING, "a"), new Receipt(1));
    sink.accept(record(Event.OUTCOME, Status.SUCCESS, "b"), new Receipt(2));
    sink.accept(record(Event.OUTCOME, Status.ERROR, "c"), new Receipt(3));
    sink.accept(record(Event.DENIED, Status.ERROR, "d"), new Receipt(4));

    assertThat(lines())
        .extracting(line -> line.contains("WARN"))
        .containsExactly(false, false, true, true);
    assertThat(lines())
        .extracting(line -> line.contains("INFO"))
        .containsExactly(true, true, false, false);
    assertThat(received())
        .extracting(line -> Records.seq(Json.text(line)))
        .containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void noValueBreaksItsLineAndAllComeBackAsTheyWere() {
    String breaks = "{} \u2028\u2029\u0085\u009b\u007f\u000b\f\n\r ü 😀";
    new Slf4jSink(LOGGER).accept(record(Event.ADMIN, Status.SUCCESS, breaks), new Receipt(0));

    assertThat(error.text().strip().chars())
        .noneMatch(c -> c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029);
    Map<String, Object> logged = Json.text(received().get(0)).object();
    assertThat(logged)
        .containsEntry("user_id", breaks)
        .containsEntry("arguments", Map.of("text", breaks))
        .doesNotContainKey("seq");
  }
}
