package io.mcpgovernor.bench.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpReaderTest {
  private static final String RESPONSES =
      "HTTP/1.1 200 OK\r\ncontent-LENGTH: 5\r\nMcp-Session-Id:  s1 \r\n\r\nfirst"
          + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
          + "6;ext=1\r\nsecond\r\nB\r\n and a half\r\n0\r\nTrailer: x\r\n\r\n"
          + "HTTP/1.1 204 No Content\r\n\r\n"
          + "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"
          + "HTTP/1.0 200 OK\r\n\r\nuntil the end";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1_000})
  void bodiesAreTheSameHoweverTheyArrive(int atOnce) throws Exception {
    HttpReader reader = new HttpReader(dripping(RESPONSES, atOnce), 256);

    assertThat(reader.next()).isTrue();
    assertThat(reader.header("Content-Length")).isEqualTo("5");
    assertThat(reader.header("mcp-session-id")).isEqualTo("s1");
    assertThat(reader.header("session-id")).isNull();
    assertThat(reader.body()).asString().isEqualTo("first");
    assertThat(reader.next()).isTrue();
    assertThat(reader.body()).asString().isEqualTo("second and a half");
    assertThat(reader.next()).isTrue();
    assertThat(reader.status()).isEqualTo(204);
    assertThat(reader.skipBody()).isZero();
    assertThat(reader.next()).isTrue();
    assertThat(reader.skipBody()).isZero();
    assertThat(reader.next()).isTrue();
    assertThat(reader.skipBody()).isEqualTo("until the end".length());
    assertThat(reader.next()).isFalse();
  }

  @Test
  void aConnectionThatEndsInTheMiddleIsAnError() throws Exception {
    HttpReader head = new HttpReader(dripping("HTTP/1.1 200 O", 3), 64);
    assertThatThrownBy(head::next).isInstanceOf(EOFException.class);

    HttpReader body =
        new HttpReader(dripping("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", 30), 64);
    assertThat(body.next()).isTrue();
    assertThatThrownBy(body::skipBody).isInstanceOf(EOFException.class);
  }

  @Test
  void aHeadThatDoesNotFitIsAnError() {
    HttpReader reader = new HttpReader(dripping("GET / HTTP/1.1\r\nA: " + "a".repeat(99), 30), 64);

    assertThatThrownBy(reader::next).isInstanceOf(IOException.class).hasMessageContaining("64");
  }

  private static ReadableByteChannel dripping(String text, int atOnce) {
    ByteArrayInputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    ReadableByteChannel whole = Channels.newChannel(in);
    return new ReadableByteChannel() {
      @Override
      public int read(ByteBuffer into) throws IOException {
        ByteBuffer part = into.slice().limit(Math.min(atOnce, into.remaining()));
        int read = whole.read(part);
        into.position(into.position() + Math.max(0, read));
        return read;
      }

      @Override
      public boolean isOpen() {
        return whole.isOpen();
      }

      @Override
      public void close() throws IOException {
        whole.close();
      }
    };
  }
}
