package io.mcpgovernor.gateway.stdio;

import static io.mcpgovernor.gateway.stdio.Asking.all;
import static io.mcpgovernor.gateway.stdio.Asking.answer;
import static io.mcpgovernor.gateway.stdio.Asking.ask;
import static io.mcpgovernor.gateway.stdio.Asking.get;
import static io.mcpgovernor.gateway.stdio.Asking.next;
import static io.mcpgovernor.gateway.stdio.Asking.notification;
import static io.mcpgovernor.gateway.stdio.Asking.post;
import static io.mcpgovernor.gateway.stdio.Asking.request;
import static io.mcpgovernor.gateway.stdio.Asking.say;
import static io.mcpgovernor.gateway.stdio.Asking.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.gateway.relay.Caller;
import io.mcpgovernor.gateway.relay.Headers;
import io.mcpgovernor.gateway.relay.UpstreamException;
import io.mcpgovernor.gateway.relay.UpstreamException.Reached;
import io.mcpgovernor.gateway.relay.UpstreamReply;
import io.mcpgovernor.gateway.relay.UpstreamRequest;
import io.mcpgovernor.gateway.relay.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ChildrenTest {
  private static final String LOGGED = notification("notifications/message", "{\"data\":\"x\"}");
  private static final String CHANGED = notification("notifications/tools/list_changed", "{}");

  private final AtomicLong nanos = new AtomicLong();
  private Children children = start(SaidServer.command(), false, 4, 3);

  private Children start(List<String> command, boolean shared, int processes, int perPrincipal) {
    return new Children(
        new ChildCommand("said", command, Map.of(), false, null),
        new ChildrenOptions(
            SaidServer.options(), shared, processes, perPrincipal, 5, Duration.ofMinutes(10)),
        line -> {},
        nanos::get);
  }

  private void restart(boolean shared) {
    children.close();
    children = start(SaidServer.command(), shared, 4, 3);
  }

  @AfterEach
  void close() {
    children.close();
  }

  private Headers open(String user) throws Exception {
    try (UpstreamReply reply = children.send(post(request(1, "initialize"), Headers.NONE, user))) {
      assertThat(all(reply)).hasSize(1);
      return Headers.NONE.with(
          Headers.SESSION, Objects.requireNonNull(reply.headers().get(Headers.SESSION)));
    }
  }

  private String pid(Headers session, String user) throws Exception {
    Object answer =
        io.mcpgovernor.call.Json.text(ask(children, post(request(9, "who"), session, user)))
            .object()
            .get("result");
    return String.valueOf(answer);
  }

  private int status(UpstreamRequest request) throws Exception {
    try (UpstreamReply reply = children.send(request)) {
      return reply.status();
    }
  }

  private static UpstreamRequest delete(Headers session, String user) {
    return new UpstreamRequest(
        Verb.DELETE, session, null, Asking.caller(user), Duration.ofSeconds(10));
  }

  @Test
  void eachSessionHasAProcessOfItsOwn() throws Exception {
    Headers first = open("alice");
    Headers second = open("alice");

    assertThat(first.get(Headers.SESSION))
        .matches("[0-9a-f]{32}")
        .isNotEqualTo(second.get(Headers.SESSION));
    assertThat(pid(first, "alice"))
        .isNotEqualTo(pid(second, "alice"))
        .isEqualTo(pid(first, "alice"));
  }

  @Test
  void twoSessionsDoNotHearEachOther() throws Exception {
    Headers alices = open("alice");
    Headers bobs = open("bob");
    UpstreamReply alice = children.send(get(alices, "alice"));
    UpstreamReply bob = children.send(get(bobs, "bob"));

    ask(children, post(say(5, CHANGED, answer(5, "")), alices, "alice"));
    ask(children, post(say(5, LOGGED.replace("x", "bob"), CHANGED, answer(5, "")), bobs, "bob"));
    assertThat(status(delete(bobs, "bob"))).isEqualTo(200);
    assertThat(status(delete(alices, "alice"))).isEqualTo(200);

    assertThat(all(alice)).containsExactly(CHANGED);
    assertThat(all(bob)).containsExactly(CHANGED);
  }

  @Test
  void aSessionIsNotFoundByAnotherPrincipalNorAfterItsEnd() throws Exception {
    Headers session = open("alice");

    assertThat(status(post(request(2, "who"), session, "mallory"))).isEqualTo(404);
    assertThat(status(delete(session, "mallory"))).isEqualTo(404);
    assertThat(pid(session, "alice")).isNotEmpty();
    assertThat(status(delete(session, "alice"))).isEqualTo(200);

    try (UpstreamReply reply = children.send(post(request(2, "who"), session, "alice"))) {
      assertThat(reply.status()).isEqualTo(404);
      assertThat(next(reply)).contains("\"id\":2").contains("initialize");
    }
    assertThat(status(get(Headers.NONE, "alice"))).isEqualTo(405);
  }

  @Test
  void aSessionWhoseProcessEndedIsNotFoundAndANewOneCanBeOpened() throws Exception {
    Headers session = open("alice");

    assertThatThrownBy(() -> children.send(post(request(2, "exit"), session, "alice")))
        .isInstanceOfSatisfying(
            UpstreamException.class, e -> assertThat(e.reached()).isEqualTo(Reached.UNKNOWN));

    assertThat(status(post(request(3, "who"), session, "alice"))).isEqualTo(404);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(pid(open("alice"), "alice")).isNotEmpty();
  }

  @Test
  void aRefusedInitializeOpensNoSessionAndLeavesNoProcess() throws Exception {
    children.close();
    String refusal = "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"message\":\"$$\"}}";
    children =
        start(
            List.of(
                "sh",
                "-c",
                "read line; echo \"" + refusal.replace("\"", "\\\"") + "\"; exec cat >/dev/null"),
            false,
            4,
            3);

    try (UpstreamReply reply =
        children.send(post(request(1, "initialize"), Headers.NONE, "alice"))) {
      assertThat(reply.headers().get(Headers.SESSION)).isNull();
      String pid = String.valueOf(next(reply)).replaceAll(".*message\":\"(\\d+)\".*", "$1");
      ProcessHandle.of(Long.parseLong(pid))
          .ifPresent(process -> process.onExit().orTimeout(20, TimeUnit.SECONDS).join());
    }
  }

  @Test
  void requestsWithoutSessionsShareAProcessByPrincipalAndTenant() throws Exception {
    String alice = pid(Headers.NONE, "alice");

    assertThat(pid(Headers.NONE, "alice")).isEqualTo(alice);
    assertThat(pid(Headers.NONE, "bob")).isNotEqualTo(alice);
    UpstreamRequest ofTenant =
        new UpstreamRequest(
            Verb.POST,
            Headers.NONE,
            post(request(9, "who")).message(),
            new Caller(Principal.verified("alice"), "acme"),
            Asking.PATIENCE);
    assertThat(ask(children, ofTenant)).doesNotContain(alice);
  }

  @Test
  void whereAProcessIsSharedIdsTokensAndSubscriptionsAreEachClientsOwn() throws Exception {
    String asking =
        "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"echo\",\"params\":{\"_meta\":{\"progressToken\":\"tok\"}}}";
    String sent = value(ask(children, post(asking)));
    assertThat(sent).contains("\"id\":1").contains("\"progressToken\":1");

    UpstreamReply listens =
        children.send(
            post(
                "{\"jsonrpc\":\"2.0\",\"id\":\"sub\",\"method\":\"subscriptions/listen\",\"params\":{}}"));
    assertThat(next(listens)).contains("\"id\":\"sub\"");

    // Requests 3 and 4 are in flight together, both under the client's id 7.
    String progress =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":3,\"progress\":1}}";
    UpstreamReply first =
        children.send(
            post(
                say(7, progress)
                    .replace("\"lines\"", "\"_meta\":{\"progressToken\":\"mine\"},\"lines\"")));
    assertThat(next(first)).contains("\"progressToken\":\"mine\"");
    assertThat(ask(children, post(say(7, answer(3, "third"), answer(4, "fourth")))))
        .isEqualTo(answer(7, "fourth"));
    assertThat(all(first)).containsExactly(answer(7, "third"));
  }

  @Test
  void aSubscriptionHearsWhatIsMarkedAsItsOwnUnderItsOwnId() throws Exception {
    String marked =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":"
            + "{\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":1},\"uri\":\"x\"}}";
    String ended = notification("notifications/cancelled", "{\"requestId\":1}");
    // 'say' does not answer, as a subscription; its name is what the gateway goes by.
    children.close();
    children =
        start(
            List.of(
                "sh",
                "-c",
                "read line; echo '"
                    + marked
                    + "'; echo '"
                    + LOGGED
                    + "'; echo '"
                    + ended
                    + "'; exec cat"),
            false,
            4,
            4);

    UpstreamReply listens =
        children.send(
            post(
                "{\"jsonrpc\":\"2.0\",\"id\":\"sub\",\"method\":\"subscriptions/listen\",\"params\":{}}"));

    assertThat(all(listens))
        .containsExactly(
            marked.replace("Id\":1", "Id\":\"sub\""), ended.replace("Id\":1", "Id\":\"sub\""));
  }

  @Test
  void aServerWhoseProcessIsSharedMayAskNobody() throws Exception {
    String question = request(77, "sampling/createMessage");

    String answered = ask(children, post(say(1, question, request(78, "ping"), answer(1, ""))));

    assertThat(answered).isEqualTo(answer(1, ""));
    assertThat(value(ask(children, post(request(2, "heard")))))
        .contains("\"id\":77,\"error\":{\"code\":-32601")
        .contains("\"id\":78,\"result\":{}");
  }

  @Test
  void aSharedServerIsInitialisedOnceByTheGatewayAndEveryClientHearsItsAnswer() throws Exception {
    restart(true);

    Headers alices = open("alice");
    Headers bobs = open("bob");

    assertThat(pid(alices, "alice")).isEqualTo(pid(bobs, "bob"));
    children.send(post(notification("notifications/initialized", "{}"), bobs, "bob"));
    String heard = value(ask(children, post(request(3, "heard"), bobs, "bob")));
    assertThat(heard).containsOnlyOnce("notifications/initialized");
  }

  @Test
  void clientsOfASharedServerDoNotHearEachOther() throws Exception {
    restart(true);
    Headers alices = open("alice");
    Headers bobs = open("bob");
    UpstreamReply alice = children.send(get(alices, "alice"));

    ask(children, post(say(5, LOGGED, CHANGED, answer(2, "")), bobs, "bob"));
    children.send(
        post(notification("notifications/cancelled", "{\"requestId\":5}"), alices, "alice"));
    assertThat(value(ask(children, post(request(6, "heard"), alices, "alice"))))
        .doesNotContain("cancelled");
    assertThat(status(delete(alices, "alice"))).isEqualTo(200);

    assertThat(all(alice)).containsExactly(CHANGED);
    assertThat(pid(bobs, "bob")).isNotEmpty();
  }

  @Test
  void onePrincipalCannotTakeAllProcesses() throws Exception {
    for (int i = 0; i < 3; i++) {
      children.send(get(open("alice"), "alice")); // somebody is there
    }

    assertThatThrownBy(() -> open("alice"))
        .isInstanceOfSatisfying(
            UpstreamException.class,
            e -> {
              assertThat(e.reached()).isEqualTo(Reached.NO);
              assertThat(e.suggestion()).contains("DELETE");
            });
    open("bob");
    assertThatThrownBy(() -> open("carol")).hasMessageContaining("4 processes");
  }

  @Test
  void aSessionWhoseClientLeftWithoutAWordMakesRoomForAnotherOfItsUser() throws Exception {
    Headers first = open("alice");
    nanos.incrementAndGet();
    Headers second = open("alice");
    nanos.incrementAndGet();
    pid(first, "alice");
    nanos.incrementAndGet();
    open("alice");

    Headers fourth = open("alice");

    assertThat(status(post(request(2, "who"), second, "alice"))).isEqualTo(404);
    assertThat(pid(first, "alice")).isNotEmpty();
    assertThat(pid(fourth, "alice")).isNotEmpty();
  }

  @Test
  void aProcessThatNoSessionNeedsMakesRoomForOneThatDoes() throws Exception {
    for (String user : List.of("a", "b", "c", "d")) {
      pid(Headers.NONE, user);
      nanos.incrementAndGet();
    }

    open("alice");

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 4; i++) {
                open("user" + i);
              }
            })
        .hasMessageContaining("4 processes");
  }

  @Test
  void whatIsUnusedForLongIsEnded() throws Exception {
    Headers session = open("alice");
    Headers listening = open("bob");
    UpstreamReply stream = children.send(get(listening, "bob"));
    String stateless = pid(Headers.NONE, "carol");

    nanos.addAndGet(TimeUnit.MINUTES.toNanos(9));
    children.sweep();
    assertThat(status(post(notification("notifications/x", "{}"), session, "alice")))
        .isEqualTo(202);
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(11));
    children.sweep();

    assertThat(status(post(request(2, "who"), session, "alice"))).isEqualTo(404);
    assertThat(pid(listening, "bob")).isNotEmpty();
    assertThat(pid(Headers.NONE, "carol")).isNotEqualTo(stateless);
    stream.close();
  }

  @Test
  void aProcessThatKeepsEndingIsLeftAloneForAWhile() throws Exception {
    children.close();
    children = start(SaidServer.command("1"), false, 4, 3);

    for (int lives = 1; lives < 5; lives++) {
      assertThatThrownBy(() -> pid(Headers.NONE, "alice"))
          .hasMessageMatching(".*(ended before it answered|has ended; nothing was sent).*");
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(2)); // beyond the pause
    }
    assertThatThrownBy(() -> pid(Headers.NONE, "alice")).isInstanceOf(UpstreamException.class);

    assertThatThrownBy(() -> pid(Headers.NONE, "alice"))
        .isInstanceOfSatisfying(
            UpstreamException.class,
            e -> {
              assertThat(e.reached()).isEqualTo(Reached.NO);
              assertThat(e.reason()).contains("5 times in a row");
              assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(30));
            });
    assertThatThrownBy(() -> pid(Headers.NONE, "bob")).hasMessageContaining("ended");
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(31));
    assertThatThrownBy(() -> pid(Headers.NONE, "alice"))
        .hasMessageMatching(".*(ended before it answered|has ended; nothing was sent).*");
  }
}
