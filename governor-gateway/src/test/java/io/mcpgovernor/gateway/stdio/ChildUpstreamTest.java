package io.mcpgovernor.gateway.stdio;

import static io.mcpgovernor.gateway.stdio.Asking.all;
import static io.mcpgovernor.gateway.stdio.Asking.answer;
import static io.mcpgovernor.gateway.stdio.Asking.ask;
import static io.mcpgovernor.gateway.stdio.Asking.get;
import static io.mcpgovernor.gateway.stdio.Asking.later;
import static io.mcpgovernor.gateway.stdio.Asking.next;
import static io.mcpgovernor.gateway.stdio.Asking.notification;
import static io.mcpgovernor.gateway.stdio.Asking.post;
import static io.mcpgovernor.gateway.stdio.Asking.request;
import static io.mcpgovernor.gateway.stdio.Asking.say;
import static io.mcpgovernor.gateway.stdio.Asking.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.gateway.message.MessageBounds;
import io.mcpgovernor.gateway.relay.Headers;
import io.mcpgovernor.gateway.relay.UpstreamException;
import io.mcpgovernor.gateway.relay.UpstreamException.Reached;
import io.mcpgovernor.gateway.relay.UpstreamReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ChildUpstreamTest {
  private static final String PROGRESS =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":\"t\",\"progress\":1}}";
  private static final String LOGGED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":\"x\"}}";

  private final List<ChildUpstream> started = new ArrayList<>();

  private ChildUpstream start(String... arguments) throws Exception {
    return start(SaidServer.command(arguments), SaidServer.options());
  }

  private ChildUpstream start(List<String> command, ChildOptions options) throws Exception {
    ChildUpstream child =
        ChildUpstream.start(
            new ChildCommand("said", command, Map.of(), false, null), options, line -> {});
    started.add(child);
    return child;
  }

  /** Asks something that is not answered, and sees that it has arrived. */
  private static UpstreamReply begun(ChildUpstream child, int id) throws Exception {
    return begun(child, say(id, LOGGED));
  }

  private static UpstreamReply begun(ChildUpstream child, String request) throws Exception {
    UpstreamReply reply = child.send(post(request));
    assertThat(next(reply)).isEqualTo(LOGGED);
    return reply;
  }

  @AfterEach
  void close() {
    started.forEach(ChildUpstream::close);
  }

  @Test
  void aRequestIsAnsweredByItsIdAndTheBytesAreWhatTheServerWrote() throws Exception {
    ChildUpstream child = start();
    String odd = "{ \"result\" : {\"x\":1.0e2 , \"y\":\"\\u0041\"},\"id\":1,\"jsonrpc\":\"2.0\"}";

    try (UpstreamReply reply = child.send(post(say(1, odd)))) {
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.isStream()).isFalse();
      assertThat(all(reply)).containsExactly(odd);
    }
  }

  @Test
  void answersMayComeInAnyOrder() throws Exception {
    ChildUpstream child = start();

    UpstreamReply first = begun(child, 1);
    UpstreamReply second = begun(child, 2);
    ask(child, post(say(3, answer(2, "second"), answer(1, "first"), answer(3, "third"))));

    assertThat(all(first)).containsExactly(answer(1, "first"));
    assertThat(all(second)).containsExactly(answer(2, "second"));
  }

  @Test
  void idsKeepTheirTypeSoThatOneIsNotTheTextOne() throws Exception {
    ChildUpstream child = start();

    UpstreamReply number = begun(child, 1);
    UpstreamReply text = begun(child, say(1, LOGGED).replace("\"id\":1", "\"id\":\"1\""));
    ask(child, post(say(2, answer("\"1\"", "text"), answer(1, "number"), answer(2, ""))));

    assertThat(all(number)).containsExactly(answer(1, "number"));
    assertThat(all(text)).containsExactly(answer("\"1\"", "text"));
  }

  @Test
  void whatComesBeforeTheAnswerMakesAStream() throws Exception {
    ChildUpstream child = start();

    try (UpstreamReply reply = child.send(post(say(1, PROGRESS, LOGGED, answer(1, "done"))))) {
      assertThat(reply.isStream()).isTrue();
      assertThat(all(reply)).containsExactly(PROGRESS, LOGGED, answer(1, "done"));
    }
  }

  @Test
  void progressGoesToTheRequestThatWantsItAndTheRestToWhoListens() throws Exception {
    ChildUpstream child = start();
    UpstreamReply slow =
        begun(
            child,
            say(1, LOGGED).replace("\"lines\"", "\"_meta\":{\"progressToken\":\"t\"},\"lines\""));
    UpstreamReply other = begun(child, 2);
    UpstreamReply listening = child.send(get(Headers.NONE, "alice"));

    ask(child, post(say(3, PROGRESS, LOGGED, answer(1, ""), answer(2, ""), answer(3, ""))));

    assertThat(all(slow)).containsExactly(PROGRESS, answer(1, ""));
    assertThat(all(other)).containsExactly(answer(2, ""));
    assertThat(next(listening)).isEqualTo(LOGGED);
  }

  @Test
  void aServerMayAskItsOnlyClientAndHearsTheAnswer() throws Exception {
    ChildUpstream child = start();
    String question = request(77, "sampling/createMessage");

    try (UpstreamReply reply = child.send(post(say(1, question)))) {
      assertThat(next(reply)).isEqualTo(question);
      UpstreamReply taken = child.send(post(answer(77, "sample")));
      assertThat(taken.status()).isEqualTo(202);
      assertThat(taken.next()).isNull();
      ask(child, post(say(2, answer(1, ""), answer(2, ""))));
      assertThat(value(ask(child, post(request(3, "heard"))))).contains(answer(77, "sample"));
    }
  }

  @Test
  void whatIsSaidBeforeAnybodyListensIsHeardByTheFirst() throws Exception {
    CompletableFuture<String> said = new CompletableFuture<>();
    ChildUpstream child =
        ChildUpstream.start(
            new ChildCommand(
                "said",
                List.of("sh", "-c", "echo '" + LOGGED + "'; echo said >&2; exec cat"),
                Map.of(),
                false,
                null),
            SaidServer.options(),
            said::complete);
    started.add(child);
    said.get();

    UpstreamReply listening = child.send(get(Headers.NONE, "alice"));

    assertThat(next(listening)).isEqualTo(LOGGED);
    assertThat(child.send(get(Headers.NONE, "alice")).status()).isEqualTo(409);
  }

  @Test
  void garbageUnknownIdsAndSecondAnswersAreLeftOut() throws Exception {
    ChildUpstream child = start();

    List<String> heard =
        later(
                child,
                post(
                    say(
                        1,
                        "Server listening on stdio!",
                        "[1,2]",
                        "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":\"?\"}}",
                        answer(99, "unknown"),
                        answer(1, "first"),
                        answer(1, "second"))))
            .get();

    assertThat(heard).containsExactly(answer(1, "first"));
    assertThat(value(ask(child, post(request(2, "who"))))).isNotEmpty();
  }

  @Test
  void anAnswerThatIsTooLongFailsAtOnceAndTheNextIsHeard() throws Exception {
    ChildOptions options = SaidServer.options();
    ChildUpstream child =
        start(
            SaidServer.command(),
            new ChildOptions(
                new MessageBounds(2_000, 64),
                options.requestsMax(),
                options.writeWait(),
                options.readWait(),
                options.goodbye()));

    assertThatThrownBy(() -> child.send(post(say(1, answer(1, "x".repeat(3_000))))))
        .isInstanceOfSatisfying(
            UpstreamException.class,
            e -> {
              assertThat(e.reached()).isEqualTo(Reached.UNKNOWN);
              assertThat(e.reason()).contains("too large");
            });
    assertThat(value(ask(child, post(request(2, "who"))))).isNotEmpty();
  }

  @Test
  void aCrashFailsWhatIsInFlightAndSaysThatNobodyKnowsWhetherItWasDone() throws Exception {
    ChildUpstream child = start();
    UpstreamReply waiting = begun(child, 2);
    UpstreamReply listening = child.send(get(Headers.NONE, "alice"));

    assertThatThrownBy(() -> child.send(post(request(3, "exit"))))
        .isInstanceOfSatisfying(
            UpstreamException.class, e -> assertThat(e.reached()).isEqualTo(Reached.UNKNOWN))
        .hasMessageContaining("ended before it answered");
    assertThatThrownBy(waiting::next).isInstanceOf(UpstreamException.class);
    assertThat(child.ended().get(20, TimeUnit.SECONDS)).isEqualTo(3);
    assertThat(all(listening)).isEmpty();
    assertThatThrownBy(() -> child.send(post(request(4, "who"))))
        .isInstanceOfSatisfying(
            UpstreamException.class, e -> assertThat(e.reached()).isEqualTo(Reached.NO));
  }

  @Test
  void aCommandThatIsNotThereIsToldWithoutItsWords() {
    assertThatThrownBy(
            () -> start(List.of("/nowhere/at-all", "--password=secret"), SaidServer.options()))
        .isInstanceOfSatisfying(
            UpstreamException.class,
            e -> assertThat(e.reason() + e.suggestion()).contains("said").doesNotContain("secret"));
  }

  @Test
  void aServerThatIsTooSlowIsToldThatNobodyWaits() throws Exception {
    ChildUpstream child = start();
    ask(child, post(request(1, "who")));

    assertThatThrownBy(
            () ->
                child.send(
                    post(request(2, "silence"), Headers.NONE, "alice", Duration.ofMillis(50))))
        .isInstanceOfSatisfying(
            UpstreamException.class, e -> assertThat(e.reached()).isEqualTo(Reached.UNKNOWN));

    assertThat(value(ask(child, post(request(3, "heard")))))
        .contains("notifications/cancelled")
        .contains("\"requestId\":2");
  }

  @Test
  void aReplyThatIsLetGoCancelsItsRequest() throws Exception {
    ChildUpstream child = start();

    UpstreamReply reply = child.send(post(say(7, LOGGED)));
    reply.close();

    assertThat(value(ask(child, post(request(8, "heard"))))).contains("\"requestId\":7");
  }

  @Test
  void aClientThatCancelsWaitsNoLonger() throws Exception {
    ChildUpstream child = start();
    UpstreamReply asked = begun(child, 1);

    child.send(post(notification("notifications/cancelled", "{\"requestId\":1}")));

    assertThatThrownBy(asked::next).hasMessageContaining("cancelled by its client");
    assertThat(value(ask(child, post(request(3, "heard"))))).contains("notifications/cancelled");
  }

  @Test
  void aRequestThatWasCancelledBeforeItCouldBeSentIsNotSent() throws Exception {
    ChildUpstream child = start();

    child.send(post(notification("notifications/cancelled", "{\"requestId\":5}")));

    assertThatThrownBy(() -> child.send(post(request(5, "who"))))
        .isInstanceOfSatisfying(
            UpstreamException.class, e -> assertThat(e.reached()).isEqualTo(Reached.NO))
        .hasMessageContaining("before it was sent");
  }

  @Test
  void anIdThatIsStillInUseIsRefused() throws Exception {
    ChildUpstream child = start();
    UpstreamReply first = begun(child, 1);

    assertThatThrownBy(() -> child.send(post(request(1, "who")))).hasMessageContaining("this id");

    ask(child, post(say(3, answer(1, "first"), answer(3, ""))));
    assertThat(all(first)).containsExactly(answer(1, "first"));
  }

  @Test
  void noMoreRequestsAreInFlightThanAllowed() throws Exception {
    ChildUpstream child = start();
    for (int id = 1; id <= SaidServer.options().requestsMax(); id++) {
      begun(child, id);
    }

    assertThatThrownBy(
            () ->
                child.send(post(request(50, "who"), Headers.NONE, "alice", Duration.ofMillis(200))))
        .isInstanceOfSatisfying(
            UpstreamException.class,
            e -> {
              assertThat(e.reached()).isEqualTo(Reached.NO);
              assertThat(e.retryAfter()).isNotNull();
            });
  }

  @Test
  void aServerThatDoesNotReadIsGivenUp() throws Exception {
    ChildOptions options =
        new ChildOptions(
            SaidServer.options().bounds(),
            64,
            Duration.ofMillis(200),
            Duration.ofSeconds(5),
            Duration.ofMillis(300));
    ChildUpstream child = start(List.of("sh", "-c", "exec sleep 600"), options);
    String large = notification("notifications/large", "{\"x\":\"" + "x".repeat(100_000) + "\"}");

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 64; i++) {
                child.send(post(large));
              }
            })
        .isInstanceOfSatisfying(
            UpstreamException.class, e -> assertThat(e.reached()).isEqualTo(Reached.NO))
        .hasMessageContaining("does not read");
  }

  @Test
  void aServerThatIgnoresTheEndOfItsInputAndTheSignalIsKilledWithWhatItStarted() throws Exception {
    ChildOptions options =
        new ChildOptions(
            SaidServer.options().bounds(),
            8,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(300));
    ChildUpstream child =
        start(
            List.of(
                "sh",
                "-c",
                "trap '' TERM; sleep 600 & echo '"
                    + LOGGED.replace("\"x\"", "'$!'")
                    + "'; while :; do sleep 600; done"),
            options);
    String said = next(child.send(get(Headers.NONE, "alice")));
    long grandchild = Long.parseLong(String.valueOf(said).replaceAll("\\D", "").substring(2));
    ProcessHandle descendant = ProcessHandle.of(grandchild).orElseThrow();

    child.close();

    assertThat(child.ended().get(10, TimeUnit.SECONDS)).isEqualTo(128 + 9);
    descendant.onExit().get(10, TimeUnit.SECONDS);
  }

  @Test
  void aServerEndsByItselfWhenItsInputIsClosed() throws Exception {
    ChildUpstream child = start();
    ask(child, post(request(1, "who")));

    child.close();

    assertThat(child.ended().get(10, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void aFloodOnStandardErrorIsPassedOnInLinesOfBoundedLengthAndHoldsNothingUp() throws Exception {
    List<String> logged = java.util.Collections.synchronizedList(new ArrayList<>());
    ChildUpstream child =
        ChildUpstream.start(
            new ChildCommand("said", SaidServer.command(), Map.of(), false, null),
            SaidServer.options(),
            logged::add);
    started.add(child);
    String[] lines = new String[2_000];
    java.util.Arrays.fill(lines, "y".repeat(1_000));
    lines[0] = "x".repeat(20_000);
    child.send(post(notification("notifications/marked", "{}")));

    CompletableFuture<List<String>> flood =
        later(child, post(say(1, lines).replace("\"say\"", "\"log\"")));
    assertThat(value(ask(child, post(request(2, "who"))))).isNotEmpty();
    child.close();

    assertThatThrownBy(flood::join).hasMessageContaining("ended before it answered");
    assertThat(logged)
        .allMatch(line -> line.length() <= "said: ".length() + 8_192)
        .hasSizeGreaterThan(1_000);
  }

  @Test
  void aServerSeesNoneOfOurVariablesButThoseThatProgramsNeed() throws Exception {
    Map<String, String> given = Map.of("SAID_TOKEN", "given");
    ChildUpstream child =
        ChildUpstream.start(
            new ChildCommand("said", SaidServer.command(), given, false, null),
            SaidServer.options(),
            line -> {});
    started.add(child);

    String environment = value(ask(child, post(request(1, "environment"))));

    assertThat(environment).contains("SAID_TOKEN=given").contains("PATH=");
    // Every Maven has it, and no server is told of it.
    String ours =
        System.getenv().keySet().stream()
            .filter(name -> name.startsWith("MAVEN"))
            .findAny()
            .orElse("PWD_OF_NOBODY");
    assertThat(environment).doesNotContain(ours + "=");
  }
}
