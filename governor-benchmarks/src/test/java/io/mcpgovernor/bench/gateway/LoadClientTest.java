package io.mcpgovernor.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.bench.upstream.AnswerForm;
import io.mcpgovernor.bench.upstream.HttpReader;
import io.mcpgovernor.bench.upstream.UpstreamHttp;
import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The client and the upstream against each other, over real sockets. */
final class LoadClientTest {
  private static final String STATEFUL = "2025-11-25";

  @ParameterizedTest
  @CsvSource({
    "FIXED, 2025-11-25", "CHUNKED, 2025-11-25", "SSE, 2025-11-25",
    "FIXED, 2026-07-28", "CHUNKED, 2026-07-28", "SSE, 2026-07-28"
  })
  void theSameResultComesInEveryFormAndRevision(AnswerForm form, String protocol) throws Exception {
    try (UpstreamHttp upstream = UpstreamHttp.start(0, form, true);
        LoadClient client = LoadClient.open(upstream.uri(), protocol)) {
      for (int bytes : List.of(1 << 10, 64 << 10, 1 << 20)) {
        Map<?, ?> result = (Map<?, ?>) Json.text(client.first(bytes)).object().get("result");
        List<?> content = (List<?>) result.get("content");

        assertThat((String) ((Map<?, ?>) content.get(0)).get("text")).hasSize(bytes);
        assertThat(client.call()).isPositive();
        assertThat(client.call()).isPositive();
      }
      assertThat(client.reconnected()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(AnswerForm.class)
  void clientsInALoopCountEveryCall(AnswerForm form) throws Exception {
    try (UpstreamHttp upstream = UpstreamHttp.start(0, form, false);
        Clients clients =
            Clients.open(target(upstream, Target.Masking.PASSES), STATEFUL, 3, 64 << 10)) {
      Slice slice = clients.run(Duration.ofMillis(20));
      Slice shortest = clients.run(Duration.ZERO);

      assertThat(slice.calls()).isGreaterThan(3);
      assertThat(slice.p50()).isPositive().isLessThanOrEqualTo(slice.p99());
      assertThat(slice.callsPerSecond() * slice.seconds())
          .isBetween(slice.calls() - 1.0, slice.calls() + 1.0);
      assertThat(shortest.calls()).isEqualTo(3);
    }
  }

  @Test
  void aConnectionThatWasClosedWhileItWasIdleIsOpenedAgain() throws Exception {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Thread.ofPlatform().daemon().start(() -> answerOnceAConnection(server));
      URI uri = URI.create("http://127.0.0.1:" + server.socket().getLocalPort());
      try (LoadClient client = LoadClient.open(uri, "2026-07-28")) {
        client.first(1 << 10);

        assertThat(client.call()).isPositive();
        assertThat(client.call()).isPositive();
        assertThat(client.reconnected()).isEqualTo(2);
      }
    }
  }

  private static void answerOnceAConnection(ServerSocketChannel server) {
    try {
      while (true) {
        try (SocketChannel channel = server.accept()) {
          HttpReader reader = new HttpReader(channel, 4_096);
          if (reader.next()) {
            reader.skipBody();
            String answer = "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"result\":{}}";
            channel.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
          }
        }
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  @Test
  void aRefusalIsAnErrorAndNoFigure() throws Exception {
    try (UpstreamHttp upstream = UpstreamHttp.start(0, AnswerForm.FIXED, false);
        LoadClient client = LoadClient.open(upstream.uri(), STATEFUL)) {
      assertThatThrownBy(() -> client.first(100))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("echo takes bytes");
    }
  }

  @Test
  void aGatewayThatDoesNotMaskIsNotMeasured() throws Exception {
    try (UpstreamHttp upstream = UpstreamHttp.start(0, AnswerForm.FIXED, false)) {
      assertThatThrownBy(
              () -> Clients.open(target(upstream, Target.Masking.MASKS), STATEFUL, 1, 1 << 10))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("did not mask");
    }
  }

  @Test
  void aStreamStaysOpenUntilTheServerCloses() throws Exception {
    try (UpstreamHttp upstream = UpstreamHttp.start(0, AnswerForm.FIXED, true);
        LoadClient client =
            LoadClient.open(upstream.uri(), STATEFUL, LoadClient.SMALL_BUFFER_BYTES)) {
      client.openStream();

      assertThat(client.isStreamOpen()).isTrue();
    }
  }

  private static Target target(UpstreamHttp upstream, Target.Masking masking) {
    return new Target("upstream", upstream.uri(), null, masking);
  }
}
