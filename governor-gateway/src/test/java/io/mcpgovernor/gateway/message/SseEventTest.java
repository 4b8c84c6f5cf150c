package io.mcpgovernor.gateway.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SseEventTest {
  @Test
  void otherDataStandsWhereTheDataStood() throws Exception {
    assertThat(changed(": c\nid: 1\ndata: a\nevent: x\ndata: b\nretry: 5\n\n"))
        .isEqualTo(": c\nid: 1\ndata: {}\nevent: x\nretry: 5\n\n");
    assertThat(changed("data:a\r\nid:1\r\n\r\n")).isEqualTo("data: {}\r\nid:1\r\n\r\n");
    assertThat(changed("data\r\r")).isEqualTo("data: {}\r\r");
    assertThat(changed("id: 1\nretry: 2\n\n")).isEqualTo("id: 1\nretry: 2\ndata: {}\n\n");
    assertThat(changed(":\n\n")).isEqualTo(":\ndata: {}\n\n");
    assertThat(changed("\r\n")).isEqualTo("data: {}\r\n\r\n");
    assertThat(changed("data: a\r:c\rdata: b\n\n")).isEqualTo("data: {}\n:c\r\n\n");
  }

  @Test
  void anEventOfOurOwnIsDataOnOneLine() {
    byte[] data = "{\r\n\"a\":\n1}".getBytes(UTF_8);
    SseEvent event = SseEvent.of(data);
    assertThat(event.data()).isSameAs(data);
    assertThat(wire(event)).isEqualTo("data: {  \"a\": 1}\n\n");
    assertThat(event.id()).isNull();
    assertThat(event.type()).isEmpty();
    SseEvent other = event.withData("[]".getBytes(UTF_8));
    assertThat(wire(other)).isEqualTo("data: []\n\n");
    assertThat(wire(SseEvent.of(new byte[0]))).isEqualTo("data: \n\n");
  }

  @Test
  void aChangedEventIsReadWithItsOtherFieldsAndItsNewData() throws Exception {
    Random random = new Random(4);
    byte[] data = "{\n\"other\":\"data é\"}".getBytes(UTF_8);
    int events = 0;
    for (int round = 0; round < 3_000; round++) {
      for (SseEvent event : SseParserTest.events(RandomStreams.next(random))) {
        events++;
        SseEvent changed = event.withData("first".getBytes(UTF_8)).withData(data);
        // More has to follow, or a CR at the end might be half of a line end.
        List<SseEvent> read = new ArrayList<>(SseParserTest.events(wire(changed) + ":"));
        // An event that came in two halves of a line end begins with the second.
        read.removeIf(one -> one.data().length == 0);
        assertThat(read).hasSize(1);
        assertThat(new String(read.getFirst().data(), UTF_8)).isEqualTo("{ \"other\":\"data é\"}");
        assertThat(read.getFirst().id()).isEqualTo(event.id());
        assertThat(read.getFirst().type()).isEqualTo(event.type());
        assertThat(changed.id()).isEqualTo(event.id());
        assertThat(changed.type()).isEqualTo(event.type());
        assertThat(comments(changed)).isEqualTo(comments(event));
      }
    }
    assertThat(events).isGreaterThan(3_000);
  }

  /** Its lines that are no data. */
  private static List<String> comments(SseEvent event) {
    return wire(event)
        .lines()
        .filter(line -> !line.isEmpty() && !line.equals("data") && !line.startsWith("data:"))
        .toList();
  }

  private static String changed(String event) throws MalformedMessageException {
    List<SseEvent> events = SseParserTest.events(event);
    assertThat(events).hasSize(1);
    return wire(events.getFirst().withData("{}".getBytes(UTF_8)));
  }

  private static String wire(SseEvent event) {
    return new String(event.wire(), UTF_8);
  }
}
