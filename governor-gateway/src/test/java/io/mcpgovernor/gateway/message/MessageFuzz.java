package io.mcpgovernor.gateway.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;

/**
 * Messages and streams under a fuzzer. In a build each target runs once over the inputs in {@code
 * MessageFuzzInputs}; CONTRIBUTING.md says how to look for new ones.
 */
class MessageFuzz {
  @FuzzTest(maxDuration = "60s")
  void aMessageMeansWhatItsTreeMeansOrIsRefused(byte[] bytes) {
    AsTheTreeHasItTest.isLikeItsTree(bytes);
  }

  /** The first byte says how large the pieces are. */
  @FuzzTest(maxDuration = "60s")
  void aStreamGivesTheSameEventsHoweverItIsCut(byte[] bytes) {
    int piece = bytes.length == 0 ? 1 : 1 + (bytes[0] & 0xff);
    assertThat(together(bytes, piece)).isEqualTo(together(bytes, bytes.length + 1));
  }

  private static byte[] together(byte[] stream, int piece) {
    SseParser parser = new SseParser(1 << 20);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int at = 0; at < stream.length; at += piece) {
      parser.feed(stream, at, Math.min(piece, stream.length - at));
      try {
        for (SseEvent event = parser.next(); event != null; event = parser.next()) {
          all.writeBytes(event.wire());
          all.writeBytes(event.data());
        }
      } catch (MalformedMessageException e) {
        all.write('!');
        break;
      }
    }
    return all.toByteArray();
  }
}
