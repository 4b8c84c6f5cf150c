package io.mcpgovernor.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.Governor;
import io.mcpgovernor.GovernorBuilder;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.policy.RateLimit.By;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Tools that answer later: what a subscriber, an event loop and a thread of the governor see. */
final class AsyncToolsTest {
  private static final int BURST = 1_000;
  private static final Duration FOREVER = Duration.ofSeconds(60);
  private static final String GOVERNOR_THREAD = "governor-tool-";

  @TempDir Path directory;

  private final HeldLog log = new HeldLog();
  private final Scheduler one = Schedulers.newSingle("the-only-one");
  private Governor governor;

  @AfterEach
  void close() {
    log.letGo();
    governor.close();
    one.dispose();
  }

  private static GovernorBuilder settings() {
    return Governor.builder()
        .calls(2 * BURST, Duration.ofHours(1), Set.of(By.USER))
        .concurrency(BURST);
  }

  /** A tool under a governor whose log is held. */
  private AsyncToolSpecification tool(Supplier<Mono<CallToolResult>> handler) {
    return tool(settings().auditLog(log), handler, UnaryOperator.identity());
  }

  private AsyncToolSpecification tool(
      GovernorBuilder settings,
      Supplier<Mono<CallToolResult>> handler,
      UnaryOperator<GovernedTools> with) {
    governor = settings.build();
    return with.apply(GovernedTools.of(governor).tool("ask", tool -> tool.requiresPii(false)))
        .wrap(
            new AsyncToolSpecification(
                Tool.builder("ask", Map.of("type", "object")).build(),
                (context, request) -> handler.get()));
  }

  private static Mono<CallToolResult> call(AsyncToolSpecification tool, String user) {
    return tool.callHandler()
        .apply(
            McpTransportContext.create(Map.of(GovernedTools.PRINCIPAL, Principal.verified(user))),
            CallToolRequest.builder("ask").arguments(Map.of()).build());
  }

  private static CallToolResult answer(String text) {
    return CallToolResult.builder().addTextContent(text).build();
  }

  private static String text(CallToolResult result) {
    return ((TextContent) result.content().get(0)).text();
  }

  private static Map<?, ?> denial(CallToolResult result) {
    assertThat(result.meta()).containsKey("io.mcpgovernor/denial");
    return (Map<?, ?>) result.meta().get("io.mcpgovernor/denial");
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(FOREVER.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aThousandSubscribersOnOneThreadLeaveItFreeWhileTheDiskIsSlow() throws Exception {
    AsyncToolSpecification tool = tool(() -> Mono.just(answer("john@example.com")));
    List<CompletableFuture<CallToolResult>> answers =
        Stream.generate(CompletableFuture<CallToolResult>::new).limit(BURST).toList();
    CountDownLatch free = new CountDownLatch(1);

    for (CompletableFuture<CallToolResult> answer : answers) {
      one.schedule(
          () -> call(tool, "alice").subscribe(answer::complete, answer::completeExceptionally));
    }
    one.schedule(free::countDown);

    await(free);
    assertThat(log.records("attempt")).hasSize(BURST);
    assertThat(answers).noneMatch(Future::isDone);
    log.letGo();
    for (CompletableFuture<CallToolResult> answer : answers) {
      assertThat(text(answer.get(60, TimeUnit.SECONDS))).isEqualTo("***@***.com");
    }
    // Neither the subscriber's thread nor the log's has masked anything.
    assertThat(log.threads("outcome"))
        .hasSize(BURST)
        .allMatch(name -> name.startsWith(GOVERNOR_THREAD));
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            "an error",
            (Supplier<?>) () -> Mono.error(new IllegalStateException("john@example.com"))),
        Arguments.of(
            "a time-out of the tool's own", (Supplier<?>) () -> Mono.error(new TimeoutException())),
        Arguments.of("nothing", (Supplier<?>) Mono::empty),
        Arguments.of("no Mono", (Supplier<?>) () -> null),
        Arguments.of(
            "an exception before any Mono",
            (Supplier<?>)
                () -> {
                  throw new IllegalStateException("john@example.com");
                }),
        Arguments.of(
            "an error of the machine",
            (Supplier<?>)
                () -> {
                  throw new StackOverflowError("john@example.com");
                }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void aToolThatFailsIsADenialOnRecord(String what, Supplier<Mono<CallToolResult>> handler) {
    AsyncToolSpecification tool = tool(handler);
    log.letGo();

    CallToolResult result = call(tool, "alice").block(FOREVER);

    assertThat(denial(Objects.requireNonNull(result)).get("code")).isEqualTo("tool_error");
    assertThat(denial(result).get("executed")).isEqualTo("yes");
    assertThat(result.toString()).doesNotContain("john@");
    assertThat(log.records("attempt")).hasSize(1);
    assertThat(log.records("outcome")).hasSize(1);
    assertThat(log.readLogs(2).toString()).doesNotContain("john@");
  }

  @Test
  void aToolThatNeverAnswersIsCancelledWhenItsTimeIsOver() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    AsyncToolSpecification tool =
        tool(
            settings().auditLog(log).timeout(Duration.ofMillis(50)),
            () -> Mono.<CallToolResult>never().doOnCancel(cancelled::countDown),
            UnaryOperator.identity());
    log.letGo();

    CallToolResult result = call(tool, "alice").block(FOREVER);

    assertThat(denial(Objects.requireNonNull(result)).get("code")).isEqualTo("timeout");
    assertThat(denial(result).get("executed")).isEqualTo("unknown");
    await(cancelled);
    assertThat(log.records("outcome").get(0)).containsEntry("executed", "unknown");
  }

  @Test
  void whatAToolSaysTooLateIsNotLogged() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    CompletableFuture<CallToolResult> late = new CompletableFuture<>();
    AsyncToolSpecification tool =
        tool(
            settings().auditLog(log).timeout(Duration.ofMillis(50)),
            // What is behind it is not cancelled, and goes on to fail.
            () -> Mono.fromFuture(late, true).doFinally(end -> cancelled.countDown()),
            UnaryOperator.identity());
    log.letGo();
    List<Throwable> loggedByReactor = new CopyOnWriteArrayList<>();
    Hooks.onErrorDropped(loggedByReactor::add);
    try {
      CallToolResult result = call(tool, "alice").block(FOREVER);
      assertThat(denial(Objects.requireNonNull(result)).get("code")).isEqualTo("timeout");
      await(cancelled);

      late.completeExceptionally(new IllegalStateException("john@example.com"));
    } finally {
      Hooks.resetOnErrorDropped();
    }
    assertThat(loggedByReactor).isEmpty();
  }

  @Test
  void aToolThatIsSlowToCancelHoldsUpNoOthersTimeOut() throws Exception {
    CountDownLatch cancelling = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    AsyncToolSpecification tool =
        tool(
            settings().auditLog(log).timeout(Duration.ofMillis(50)),
            () ->
                calls.getAndIncrement() > 0
                    ? Mono.never()
                    : Mono.<CallToolResult>never()
                        .doOnCancel(
                            () -> {
                              cancelling.countDown();
                              awaitQuietly(goOn);
                            }),
            UnaryOperator.identity());
    log.letGo();
    CompletableFuture<CallToolResult> first = call(tool, "alice").toFuture();
    await(cancelling);

    CallToolResult second = call(tool, "bob").block(FOREVER);

    assertThat(denial(Objects.requireNonNull(second)).get("code")).isEqualTo("timeout");
    assertThat(denial(first.get(60, TimeUnit.SECONDS)).get("code")).isEqualTo("timeout");
    goOn.countDown();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatAnEventLoopAnswersIsMaskedAndRecordedAndReleasedElsewhere() {
    AtomicReference<String> answeredOn = new AtomicReference<>();
    AtomicReference<String> releasedOn = new AtomicReference<>();
    AsyncToolSpecification tool =
        tool(
            () ->
                Mono.fromSupplier(
                        () -> {
                          answeredOn.set(Thread.currentThread().getName());
                          return answer("john@example.com");
                        })
                    .subscribeOn(one));
    log.letGo();

    CallToolResult result =
        call(tool, "alice")
            .doOnNext(released -> releasedOn.set(Thread.currentThread().getName()))
            .block(FOREVER);

    assertThat(text(Objects.requireNonNull(result))).isEqualTo("***@***.com");
    assertThat(answeredOn.get()).startsWith("the-only-one");
    assertThat(log.threads("outcome")).singleElement().asString().startsWith(GOVERNOR_THREAD);
    // A call that ends before its caller waits for it is released on the caller's own thread.
    assertThat(releasedOn.get()).doesNotStartWith("the-only-one");
  }

  @Test
  void whoeverCancelsDoesNotTakeTheCallBack() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CompletableFuture<CallToolResult> answer = new CompletableFuture<>();
    AsyncToolSpecification tool =
        tool(() -> Mono.fromFuture(answer).doOnSubscribe(subscription -> running.countDown()));
    log.letGo();
    Disposable subscriber = call(tool, "alice").subscribe();
    await(running);

    subscriber.dispose();

    assertThat(answer).isNotCancelled();
    answer.complete(answer("john@example.com"));
    governor.close();
    assertThat(log.records("attempt")).hasSize(1);
    assertThat(log.records("outcome"))
        .singleElement()
        .satisfies(outcome -> assertThat(outcome).containsEntry("status", "success"));
  }

  @Test
  void whoeverCancelsBeforeTheToolBeginsDoesNotTakeTheCallBackEither() {
    AtomicInteger runs = new AtomicInteger();
    AsyncToolSpecification tool =
        tool(
            () -> {
              runs.incrementAndGet();
              return Mono.just(answer("done"));
            });
    Disposable subscriber = call(tool, "alice").subscribe();
    subscriber.dispose();
    assertThat(runs).hasValue(0);

    log.letGo();
    governor.close();

    assertThat(runs).hasValue(1);
    assertThat(log.records("attempt")).hasSize(1);
    assertThat(log.records("outcome"))
        .singleElement()
        .satisfies(outcome -> assertThat(outcome).containsEntry("status", "success"));
  }

  @Test
  void aToolSeesTheContextOfItsSubscriber() {
    AsyncToolSpecification tool =
        tool(
            () ->
                Mono.deferContextual(
                    seen ->
                        Mono.just(
                            answer(
                                seen.<McpTransportContext>get(McpTransportContext.KEY)
                                    .get("request")
                                    .toString()))));
    log.letGo();

    CallToolResult result =
        call(tool, "alice")
            .contextWrite(
                context ->
                    context.put(
                        McpTransportContext.KEY,
                        McpTransportContext.create(Map.of("request", "of alice"))))
            .block(FOREVER);

    assertThat(text(Objects.requireNonNull(result))).isEqualTo("of alice");
  }

  @Test
  void nothingHappensUnsubscribedAndTwoSubscriptionsAreTwoCalls() {
    AtomicInteger runs = new AtomicInteger();
    AsyncToolSpecification tool =
        tool(() -> Mono.fromSupplier(() -> answer("run " + runs.incrementAndGet())));
    log.letGo();

    Mono<CallToolResult> call = call(tool, "alice");
    assertThat(log.readLogs(1)).isEmpty();

    assertThat(text(Objects.requireNonNull(call.block(FOREVER)))).isEqualTo("run 1");
    assertThat(text(Objects.requireNonNull(call.block(FOREVER)))).isEqualTo("run 2");
    assertThat(log.records("attempt")).extracting("call_id").hasSize(2).doesNotHaveDuplicates();
    assertThat(log.records("outcome")).hasSize(2);
  }

  @Test
  void aThousandCallsOfAHundredUsersAtOnceAllSucceedOnRecord() {
    AsyncToolSpecification tool =
        tool(
            Governor.builder().auditTo(directory),
            () -> Mono.delay(Duration.ofMillis(5)).thenReturn(answer("done")),
            UnaryOperator.identity());

    List<CallToolResult> results =
        Flux.range(0, BURST)
            .flatMap(number -> call(tool, "user-" + number % 100), BURST)
            .collectList()
            .block(FOREVER);

    assertThat(results).hasSize(BURST).allMatch(result -> text(result).equals("done"));
    Map<Object, List<Object>> events =
        governor.readLogs(3 * BURST).stream()
            .map(Json::object)
            .collect(
                Collectors.groupingBy(
                    record -> Objects.requireNonNull(record.get("call_id")),
                    Collectors.mapping(record -> record.get("event"), Collectors.toList())));
    assertThat(events).hasSize(BURST);
    assertThat(events.values()).allMatch(List.of("outcome", "attempt")::equals);
  }

  private static final ThreadLocal<String> SIGNED_IN = new ThreadLocal<>();

  /** As a framework does it: what the calling thread holds is there while the task runs. */
  private static Runnable carrying(Runnable task) {
    String user = SIGNED_IN.get();
    return () -> {
      SIGNED_IN.set(user);
      try {
        task.run();
      } finally {
        SIGNED_IN.remove();
      }
    };
  }

  @Test
  void threadLocalsOfTheCallerAreCarriedToTheToolAndNoFurther() {
    AsyncToolSpecification tool =
        tool(
            settings().auditLog(log),
            () -> {
              String assembling = SIGNED_IN.get();
              return Mono.fromSupplier(() -> answer(assembling + ", " + SIGNED_IN.get()));
            },
            governed -> governed.carrying(AsyncToolsTest::carrying));
    log.letGo();
    SIGNED_IN.set("alice");
    Mono<CallToolResult> call = call(tool, "alice");

    assertThat(text(Objects.requireNonNull(call.block(FOREVER)))).isEqualTo("alice, alice");

    SIGNED_IN.remove();
    for (int again = 0; again < 20; again++) { // on whichever thread
      assertThat(text(Objects.requireNonNull(call.block(FOREVER)))).isEqualTo("null, null");
    }
  }

  @Test
  void whatCannotBeCarriedDoesNotRunAndIsOnRecord() {
    AtomicInteger runs = new AtomicInteger();
    AtomicReference<UnaryOperator<Runnable>> carry = new AtomicReference<>();
    AsyncToolSpecification tool =
        tool(
            settings().auditLog(log),
            () -> Mono.fromSupplier(() -> answer("run " + runs.incrementAndGet())),
            governed -> governed.carrying(task -> carry.get().apply(task)));
    log.letGo();

    carry.set(
        task -> {
          throw new IllegalStateException("john@example.com");
        });
    assertThat(denial(Objects.requireNonNull(call(tool, "alice").block(FOREVER))).get("code"))
        .isEqualTo("tool_error");
    carry.set(task -> () -> {});
    assertThat(denial(Objects.requireNonNull(call(tool, "alice").block(FOREVER))).get("code"))
        .isEqualTo("tool_error");

    assertThat(runs).hasValue(0);
    assertThat(log.records("outcome")).hasSize(2);
    assertThat(log.readLogs(10).toString()).doesNotContain("john@");
  }
}
