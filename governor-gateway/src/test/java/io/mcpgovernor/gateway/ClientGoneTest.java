package io.mcpgovernor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that goes away: the server is told, the record is there, nothing stays taken. */
@Timeout(60)
final class ClientGoneTest {
  private static final String LOOK = Requests.call("look", "{}");

  @TempDir Path directory;
  private ScriptedServer server;
  private GatewayUnderTest gateway;
  private CountDownLatch closed;

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer();
    gateway =
        GatewayUnderTest.before(
            server,
            directory,
            "limits: { concurrency: 1, requests: 8, rate: 1000000/1h, timeout: 5m }");
    closed = new CountDownLatch(1);
  }

  @AfterEach
  void end() throws Exception {
    gateway.close();
    server.close();
  }

  private void neverAnswers(boolean streams) {
    server.on(
        "tools/call",
        asked -> {
          if (streams) {
            asked.say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}");
          }
          asked.awaitClose();
          closed.countDown();
        });
  }

  /** The next call has the only place there is, as soon as the first has given it back. */
  private void nextIsAnswered(WireClient client) throws Exception {
    server.behave();
    Received next = client.legacy("tools/call", LOOK);
    while (next.raw().contains("concurrency")) {
      Thread.sleep(5);
      next = client.legacy("tools/call", LOOK);
    }
    assertThat(next.text()).isEqualTo("done");
  }

  private void firstIsOnRecord() throws Exception {
    List<String> calls = gateway.calls();
    while (calls.size() < 2) {
      Thread.sleep(5);
      calls = gateway.calls();
    }
    assertThat(calls.subList(0, 2)).containsExactly("attempt pending look", "outcome error look");
    assertThat(
            gateway.records().stream()
                .filter(record -> "outcome".equals(record.get("event")))
                .toList()
                .getFirst()
                .toString())
        .contains("executed=unknown");
  }

  @Test
  void inMidCallOfASession() throws Exception {
    WireClient client = gateway.client().initialized();
    neverAnswers(false);
    try (WireClient.Open call = client.openLegacy("tools/call", LOOK)) {
      awaitCall();
      call.reset();
    }
    closed.await();
    while (server.seen("notifications/cancelled").isEmpty()) {
      Thread.sleep(5);
    }
    firstIsOnRecord();
    nextIsAnswered(client);
  }

  private void awaitCall() throws InterruptedException {
    while (server.seen("tools/call").isEmpty()) {
      Thread.sleep(5);
    }
  }

  @Test
  void inMidStreamOfASession() throws Exception {
    WireClient client = gateway.client().initialized();
    neverAnswers(true);
    try (WireClient.Open call = client.openLegacy("tools/call", LOOK)) {
      assertThat(call.event()).contains("notifications/progress");
    }
    closed.await();
    firstIsOnRecord();
    nextIsAnswered(client);
  }

  @Test
  void inMidStreamWithoutSessions() throws Exception {
    WireClient client = gateway.client();
    neverAnswers(true);
    try (WireClient.Open call = client.openStateless("tools/call", LOOK)) {
      assertThat(call.event()).contains("notifications/progress");
    }
    closed.await();
    firstIsOnRecord();
    nextIsAnswered(client);
  }

  @Test
  void whileItListens() throws Exception {
    WireClient client = gateway.client().initialized();
    server.on(
        "GET",
        asked -> {
          asked.say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}");
          asked.awaitClose();
          closed.countDown();
        });
    try (WireClient.Open listening = client.open("GET", new byte[0], Map.of())) {
      assertThat(listening.event()).contains("notifications/x");
    }
    closed.await();
  }

  @Test
  void manyTimesMoreThanThereArePlaces() throws Exception {
    WireClient client = gateway.client().initialized();
    neverAnswers(true);
    for (int i = 0; i < 24; i++) {
      try (WireClient.Open call = client.openLegacy("tools/call", LOOK)) {
        call.head();
        call.reset();
      }
    }
    nextIsAnswered(client);
  }

  @Test
  void anAnswerNobodyReadsAnyMoreIsOnRecordAllTheSame() throws Exception {
    WireClient client = gateway.client().initialized();
    CountDownLatch gone = new CountDownLatch(1);
    server.on(
        "tools/call",
        asked -> {
          gone.await();
          asked.text("done");
        });
    try (WireClient.Open call = client.openLegacy("tools/call", LOOK)) {
      awaitCall();
      call.reset();
    }
    gone.countDown();
    firstOutcome();
    nextIsAnswered(client);
  }

  private void firstOutcome() throws Exception {
    while (gateway.calls().stream().noneMatch(call -> call.startsWith("outcome"))) {
      Thread.sleep(5);
    }
  }

  @Test
  void aCancelledCallOfASessionGivesItsPlaceBack() throws Exception {
    WireClient client = gateway.client().initialized();
    neverAnswers(false);
    try (WireClient.Open _ = client.openLegacy("tools/call", LOOK)) {
      awaitCall();
      String id = server.seen("tools/call").getFirst().id();
      Received told =
          client.post(
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":"
                  + id
                  + "}}");
      assertThat(told.status()).isEqualTo(202);
      closed.await();
      firstIsOnRecord();
      nextIsAnswered(client);
    }
  }
}
