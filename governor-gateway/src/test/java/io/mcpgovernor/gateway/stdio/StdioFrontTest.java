package io.mcpgovernor.gateway.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.gateway.message.MessageBounds;
import io.mcpgovernor.gateway.message.SseEvent;
import io.mcpgovernor.gateway.relay.ClientExchange;
import io.mcpgovernor.gateway.relay.Headers;
import io.mcpgovernor.gateway.relay.Verb;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class StdioFrontTest {
  private final PipedOutputStream input = new PipedOutputStream();
  private final PipedOutputStream output = new PipedOutputStream();
  private final BlockingQueue<ClientExchange> posts = new LinkedBlockingQueue<>();
  private final BlockingQueue<ClientExchange> gets = new LinkedBlockingQueue<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final BufferedReader answers;
  private final PipedInputStream clientIn;

  StdioFrontTest() throws IOException {
    clientIn = new PipedInputStream(output, 1 << 20);
    answers = new BufferedReader(new InputStreamReader(clientIn, StandardCharsets.UTF_8));
  }

  private StdioFront start(Consumer<ClientExchange> handler) throws IOException {
    return start(
        handler, new StdioFrontOptions(new MessageBounds(200, 8), 4, Duration.ofSeconds(10)));
  }

  private StdioFront start(Consumer<ClientExchange> handler, StdioFrontOptions options)
      throws IOException {
    StdioFront front =
        new StdioFront(
            new PipedInputStream(input, 1 << 16), output, Principal.verified("alice"), options);
    front.start(handler);
    return front;
  }

  private void type(String... lines) throws IOException {
    for (String line : lines) {
      input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    input.flush();
  }

  /** Keeps requests open until the test is over. */
  private void keep(ClientExchange exchange) {
    (exchange.verb() == Verb.GET ? gets : posts).add(exchange);
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String text(ClientExchange exchange) {
    return new String(exchange.body(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void answer(ClientExchange exchange, String json) {
    try {
      exchange.answer(200, Headers.NONE, bytes(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aLineIsAnExchangeOfThePrincipalAndItsAnswerIsALine() throws Exception {
    StdioFront front =
        start(
            exchange -> {
              if (exchange.verb() == Verb.POST) {
                assertThat(exchange.principal()).isEqualTo(Principal.verified("alice"));
                answer(exchange, "{\n \"of\":" + text(exchange) + "\r\n}");
              }
            });

    type(Asking.request(1, "ping"));
    input.close();
    front.ended().get();

    assertThat(answers.readLine()).isEqualTo("{  \"of\":" + Asking.request(1, "ping") + "  }");
  }

  @Test
  void whatTheServerSaysUnaskedGoesThroughTheFirstExchange() throws Exception {
    start(this::keep);

    ClientExchange listening = gets.take();
    listening.stream(200, Headers.NONE);
    listening.send(SseEvent.of(bytes("{\"x\":1}")));
    listening.send(SseEvent.of(new byte[0]));
    listening.send(SseEvent.of(bytes("{\"x\":2}")));

    assertThat(answers.readLine()).isEqualTo("{\"x\":1}");
    assertThat(answers.readLine()).isEqualTo("{\"x\":2}");
  }

  @Test
  void aRefusalToListenIsNoLine() throws Exception {
    StdioFront front =
        start(
            exchange ->
                answer(exchange, exchange.verb() == Verb.GET ? "{\"no\":1}" : "{\"yes\":1}"));

    type(Asking.request(1, "ping"));
    input.close();
    front.ended().get();
    output.close();

    assertThat(answers.lines()).containsExactly("{\"yes\":1}");
  }

  @Test
  void requestsAreWorkedOnSideBySideUpToTheBound() throws Exception {
    start(this::keep);

    for (int id = 1; id <= 5; id++) {
      type(Asking.request(id, "tools/call"));
    }

    List<String> taken = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      taken.add(text(posts.take()));
    }
    assertThat(taken)
        .containsExactlyInAnyOrder(
            Asking.request(1, "tools/call"),
            Asking.request(2, "tools/call"),
            Asking.request(3, "tools/call"),
            Asking.request(4, "tools/call"));
    assertThat(posts.poll(100, TimeUnit.MILLISECONDS)).isNull();
    over.countDown();
    assertThat(text(posts.take())).isEqualTo(Asking.request(5, "tools/call"));
  }

  @Test
  void notificationsArriveInTheirOrderAndBeforeTheRequestBehindThem() throws Exception {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch requested = new CountDownLatch(1);
    start(
        exchange -> {
          if (exchange.verb() == Verb.POST) {
            order.add(text(exchange));
            if (text(exchange).contains("tools/list")) {
              requested.countDown();
            }
          }
        });
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      lines.add(Asking.notification("notifications/n" + i, "{}"));
      lines.add(Asking.answer(i, "sample"));
    }
    lines.add(Asking.request(1, "tools/list"));

    type(lines.toArray(String[]::new));

    requested.await();
    assertThat(order).containsExactlyElementsOf(lines);
  }

  @Test
  void nothingIsReadWhileInitializeIsAnswered() throws Exception {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    StdioFront front =
        start(
            exchange -> {
              if (exchange.verb() == Verb.POST) {
                order.add("begun " + text(exchange));
                if (text(exchange).contains("\"initialize\"")) {
                  keep(exchange);
                }
                order.add("done " + text(exchange));
              }
            });
    String initialize = Asking.request(1, "initialize");
    String initialized = Asking.notification("notifications/initialized", "{}");

    type(initialize, initialized);
    input.close();
    posts.take();
    assertThat(order).containsExactly("begun " + initialize);
    over.countDown();
    front.ended().get();

    assertThat(order)
        .containsExactly(
            "begun " + initialize,
            "done " + initialize,
            "begun " + initialized,
            "done " + initialized);
  }

  @Test
  void aLineThatIsTooLongIsAnsweredWithAnErrorAndTheNextIsRead() throws Exception {
    start(
        exchange -> {
          if (exchange.verb() == Verb.POST) {
            answer(exchange, "{\"ok\":1}");
          }
        });

    type("{\"x\":\"" + "x".repeat(100_000) + "\"}", Asking.request(1, "ping"));

    assertThat(answers.readLine()).contains("-32600").contains("at most 200 bytes");
    assertThat(answers.readLine()).isEqualTo("{\"ok\":1}");
  }

  @Test
  void whatIsNoMessageIsTheHandlersToAnswer() throws Exception {
    start(this::keep);

    type("not json");

    assertThat(text(posts.take())).isEqualTo("not json");
  }

  @Test
  void linesAreWholeHoweverManyAreWrittenAtOnce() throws Exception {
    StdioFront front =
        start(
            exchange -> {
              if (exchange.verb() == Verb.POST) {
                answer(exchange, "\"" + text(exchange).length() + "x".repeat(5_000) + "\"");
              }
            });
    for (int id = 0; id < 100; id++) {
      type(Asking.request(id, "tools/call"));
    }
    input.close();
    front.ended().get();
    output.close();

    assertThat(answers.lines()).hasSize(100).allMatch(line -> line.matches("\"[0-9]+x{5000}\""));
  }

  @Test
  void requestsThatRunMayFinishWhenTheInputEnds() throws Exception {
    StdioFront front =
        start(
            exchange -> {
              keep(exchange);
              if (exchange.verb() == Verb.POST) {
                answer(exchange, "{\"late\":1}");
              }
            });
    type(Asking.request(1, "tools/call"));
    posts.take();

    input.close();
    assertThat(front.ended().isDone()).isFalse();
    over.countDown();

    assertThat(answers.readLine()).isEqualTo("{\"late\":1}");
    front.ended().get();
  }

  @Test
  void requestsThatTakeLongerThanTheGraceAreToldThatTheClientIsGone() throws Exception {
    CountDownLatch told = new CountDownLatch(2);
    StdioFront front =
        start(
            exchange -> {
              exchange.onGone(told::countDown);
              keep(exchange);
            },
            new StdioFrontOptions(new MessageBounds(200, 8), 4, Duration.ofMillis(50)));
    type(Asking.request(1, "tools/call"));
    ClientExchange running = posts.take();

    input.close();
    front.ended().get();
    told.await();

    assertThatThrownBy(() -> running.answer(200, Headers.NONE, bytes("{}")))
        .isInstanceOf(IOException.class);
    CountDownLatch atOnce = new CountDownLatch(1);
    running.onGone(atOnce::countDown);
    atOnce.await();
  }

  @Test
  void aClientThatNoLongerReadsIsGone() throws Exception {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    StdioFront front =
        new StdioFront(
            new PipedInputStream(input),
            broken,
            Principal.verified("alice"),
            StdioFrontOptions.DEFAULT);
    front.start(
        exchange -> {
          if (exchange.verb() == Verb.POST) {
            assertThatThrownBy(() -> exchange.answer(200, Headers.NONE, bytes("{}")))
                .isInstanceOf(IOException.class);
          }
        });

    type(Asking.request(1, "ping"));

    front.ended().get();
  }
}
