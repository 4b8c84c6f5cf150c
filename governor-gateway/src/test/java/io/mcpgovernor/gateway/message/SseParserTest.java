package io.mcpgovernor.gateway.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SseParserTest {
  private static final int EVENT_BYTES = 10_000;

  @Test
  void fieldsAreReadAsTheStandardHasThem() throws Exception {
    List<SseEvent> events =
        events(
            """
            : a comment
            event: message
            id:7
            retry: 10
            data: {"a":
            data:  1}
            data
            unknown: x

            data:a
            id: no\0pe
            event

            id

            :

            data

            event: x
            event:y
             data: not a field
            """);
    assertThat(events).hasSize(5);
    assertThat(data(events.get(0))).isEqualTo("{\"a\":\n 1}\n");
    assertThat(events.get(0).type()).isEqualTo("message");
    assertThat(events.get(0).id()).isEqualTo("7");
    assertThat(data(events.get(1))).isEqualTo("a");
    assertThat(events.get(1).id()).isNull();
    assertThat(events.get(1).type()).isEmpty();
    assertThat(events.get(2).id()).isEmpty();
    assertThat(events.get(2).data()).isEmpty();
    assertThat(wire(events.get(3))).isEqualTo(":\n\n");
    assertThat(events.get(4).data()).isEmpty();
  }

  @Test
  void whatIsCutOffAtTheEndIsNoEvent() throws Exception {
    assertThat(events("data: 1\n")).isEmpty();
    assertThat(events("data: 1\n\ndata: 2\r\n\r")).hasSize(1);
    assertThat(events("")).isEmpty();
  }

  @Test
  void aByteOrderMarkAtTheStartIsNoPartOfTheFirstEvent() throws Exception {
    List<SseEvent> events = events("\ufeffdata: 1\n\ndata: 2\n\ufeffdata: 3\n\n");
    assertThat(wire(events.get(0))).isEqualTo("data: 1\n\n");
    assertThat(data(events.get(1))).isEqualTo("2"); // there it is part of a field's name
    for (String other : List.of("\ufeff\ufeffdata: 1\n\n", "data: 1\n\n\ufeffdata: 2\n\n")) {
      assertThatThrownBy(() -> events(other))
          .isInstanceOf(MalformedMessageException.class)
          .hasMessage("An event of the stream begins with a byte order mark.");
    }
  }

  @Test
  void linesEndInEachOfThreeWays() throws Exception {
    assertThat(events("data:1\r\n\r\ndata:2\r\n\r\n").stream().map(SseParserTest::wire))
        .containsExactly("data:1\r\n\r\n", "data:2\r\n\r\n");
    assertThat(events("data:1\r\rdata:2\r\r").stream().map(SseParserTest::wire))
        .containsExactly("data:1\r\r", "data:2\r\r");
    assertThat(events("data:1\r\r\ndata:2\n\n").stream().map(SseParserTest::data))
        .containsExactly("1", "2");
    assertThat(events("data:1\rdata:2\ndata:3\r\n\n").stream().map(SseParserTest::data))
        .containsExactly("1\n2\n3");
  }

  @Test
  void anEventLeavesAsSoonAsItsLastByteIsThere() throws Exception {
    for (String event : List.of("data: 1\n\n", "data: 1\r\n\r\n", "data: 1\r\r", ":\n\n", "\n")) {
      SseParser parser = new SseParser(EVENT_BYTES);
      byte[] bytes = (event + event).getBytes(UTF_8);
      int length = bytes.length / 2;
      for (int i = 0; i < bytes.length; i++) {
        parser.feed(bytes, i, 1);
        SseEvent next = parser.next();
        if ((i + 1) % length == 0) {
          assertThat(next).isNotNull().extracting(SseParserTest::wire).isEqualTo(event);
        } else {
          assertThat(next).isNull();
        }
      }
    }
  }

  @Test
  void aStreamGivesTheSameEventsHoweverItIsCut() throws Exception {
    Random random = new Random(20260728);
    for (int round = 0; round < 3_000; round++) {
      byte[] stream = RandomStreams.next(random).getBytes(UTF_8);
      List<SseEvent> whole = events(new String(stream, UTF_8));
      SseParser parser = new SseParser(EVENT_BYTES);
      List<SseEvent> pieces = new ArrayList<>();
      for (int at = 0; at < stream.length; ) {
        int length = Math.min(stream.length - at, random.nextInt(1 + random.nextInt(12)));
        byte[] piece = new byte[length + 2];
        System.arraycopy(stream, at, piece, 1, length);
        parser.feed(piece, 1, length);
        Arrays.fill(piece, (byte) '\n');
        if (random.nextBoolean()) {
          take(parser, pieces);
        }
        at += length;
      }
      take(parser, pieces);
      assertThat(pieces.stream().map(SseParserTest::all))
          .containsExactlyElementsOf(whole.stream().map(SseParserTest::all).toList());
    }
  }

  @Test
  void whatIsTakenApartIsTheSameBytesWhenPutTogether() throws Exception {
    Random random = new Random(20251125);
    for (int round = 0; round < 3_000; round++) {
      String stream = RandomStreams.next(random);
      ByteArrayOutputStream together = new ByteArrayOutputStream();
      for (SseEvent event : events(stream)) {
        together.writeBytes(event.wire());
      }
      String begin = stream.startsWith("\ufeff") ? stream.substring(1) : stream;
      assertThat(begin).startsWith(together.toString(UTF_8));
    }
  }

  @Test
  void anEventThatIsTooLargeEndsTheReading() throws Exception {
    SseParser parser = new SseParser(20);
    byte[] fits = "data: 1\n\ndata: 1234567890\n\ndata: 12\n\n".getBytes(UTF_8);
    parser.feed(fits, 0, fits.length);
    assertThat(parser.next()).isNotNull();
    assertThat(parser.next()).extracting(SseParserTest::wire).isEqualTo("data: 1234567890\n\n");
    assertThat(parser.next()).isNotNull();
    byte[] large = "data: 123456789012345".getBytes(UTF_8);
    parser.feed(large, 0, large.length);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(parser::next)
          .isInstanceOf(MalformedMessageException.class)
          .hasMessage("An event of the stream is larger than 20 bytes.");
      parser.feed(fits, 0, fits.length);
    }
  }

  static List<SseEvent> events(String stream) throws MalformedMessageException {
    SseParser parser = new SseParser(EVENT_BYTES);
    byte[] bytes = stream.getBytes(UTF_8);
    parser.feed(bytes, 0, bytes.length);
    List<SseEvent> events = new ArrayList<>();
    take(parser, events);
    return events;
  }

  private static void take(SseParser parser, List<SseEvent> events)
      throws MalformedMessageException {
    for (SseEvent event = parser.next(); event != null; event = parser.next()) {
      events.add(event);
    }
  }

  /** All that an event says of itself. */
  private static List<String> all(SseEvent event) {
    return List.of(
        wire(event),
        data(event),
        String.valueOf(event.id()),
        event.type(),
        wire(event.withData("other".getBytes(UTF_8))));
  }

  private static String data(SseEvent event) {
    return new String(event.data(), UTF_8);
  }

  private static String wire(SseEvent event) {
    return new String(event.wire(), UTF_8);
  }
}
