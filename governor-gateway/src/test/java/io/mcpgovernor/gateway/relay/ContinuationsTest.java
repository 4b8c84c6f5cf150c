package io.mcpgovernor.gateway.relay;

import static io.mcpgovernor.gateway.relay.Texts.client;
import static io.mcpgovernor.gateway.relay.Texts.json;
import static io.mcpgovernor.gateway.relay.Texts.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.gateway.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ContinuationsTest {
  private final HandTurnedClock clock = new HandTurnedClock();
  private final Continuations calls = new Continuations(clock, 3);
  private final Json arguments = json("{'a':1}");

  @Test
  void aCallIsContinuedOnceByWhoeverMadeIt() {
    calls.asked("alice", "crm", "export", arguments, "s");
    assertThat(calls.take("bob", "crm", "export", arguments, "s")).isFalse();
    assertThat(calls.take("alice", "erp", "export", arguments, "s")).isFalse();
    assertThat(calls.take("alice", "crm", "import", arguments, "s")).isFalse();
    assertThat(calls.take("alice", "crm", "export", json("{'a':2}"), "s")).isFalse();
    assertThat(calls.take("alice", "crm", "export", null, "s")).isFalse();
    assertThat(calls.take("alice", "crm", "export", arguments, "t")).isFalse();
    assertThat(calls.take("alic", "ecrm", "export", arguments, "s")).isFalse();
    assertThat(calls.take("alice", "crm", "export", arguments, "s")).isTrue();
    assertThat(calls.take("alice", "crm", "export", arguments, "s")).isFalse();
  }

  @Test
  void afterTenMinutesItIsACallLikeAnyOther() {
    calls.asked("alice", "crm", "export", null, "s");
    calls.asked("alice", "crm", "export", null, "t");
    clock.turn(Duration.ofMinutes(10).minusNanos(1));
    assertThat(calls.take("alice", "crm", "export", null, "s")).isTrue();
    clock.turn(Duration.ofNanos(1));
    assertThat(calls.take("alice", "crm", "export", null, "t")).isFalse();
  }

  @Test
  void theOldestAreForgottenWhereThereAreTooMany() {
    for (String state : List.of("1", "2", "3", "1", "4")) {
      calls.asked("alice", "crm", "export", null, state);
    }
    assertThat(calls.take("alice", "crm", "export", null, "2")).isFalse();
    for (String state : List.of("1", "3", "4")) {
      assertThat(calls.take("alice", "crm", "export", null, state)).isTrue();
    }
  }

  @Test
  void ofManyAtOnceOneContinues() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int round = 0; round < 200; round++) {
        calls.asked("alice", "crm", "export", arguments, "s");
        List<Future<Boolean>> takes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          takes.add(threads.submit(() -> calls.take("alice", "crm", "export", arguments, "s")));
        }
        int taken = 0;
        for (Future<Boolean> take : takes) {
          taken += take.get() ? 1 : 0;
        }
        assertThat(taken).isEqualTo(1);
      }
    }
  }

  @Test
  void whatAsksForMoreAndWhatBringsItIsTold() {
    Message asks =
        server(
            "{'jsonrpc':'2.0','id':1,'result':{'resultType':'input_required','requestState':'s'}}");
    assertThat(Continuations.asksForMore(asks)).isTrue();
    assertThat(Continuations.requestState(asks)).isEqualTo("s");
    Message without =
        server(
            "{'jsonrpc':'2.0','id':1,'result':{'resultType':'input_required','inputRequests':{'a':{}}}}");
    assertThat(Continuations.asksForMore(without)).isTrue();
    assertThat(Continuations.requestState(without)).isNull();
    Message done =
        server("{'jsonrpc':'2.0','id':1,'result':{'resultType':'complete','content':[]}}");
    assertThat(Continuations.asksForMore(done)).isFalse();
    assertThat(
            Continuations.asksForMore(
                server("{'jsonrpc':'2.0','id':1,'error':{'resultType':'input_required'}}")))
        .isFalse();

    Message first = client("{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'a'}}");
    assertThat(Continuations.continues(first)).isFalse();
    Message again = first.withMember("requestState", Json.of("s"));
    assertThat(Continuations.continues(again)).isTrue();
    assertThat(Continuations.requestState(again)).isEqualTo("s");
    Message answered = first.withMember("inputResponses", Json.EMPTY_OBJECT);
    assertThat(Continuations.continues(answered)).isTrue();
    assertThat(Continuations.requestState(answered)).isNull();
    assertThat(Continuations.requestState(first.withMember("requestState", Json.of(7)))).isNull();
  }
}
