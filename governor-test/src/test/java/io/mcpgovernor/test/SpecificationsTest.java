package io.mcpgovernor.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.method.GovernedTool;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.LoggingMessageNotification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Tools of servers of all four shapes, and methods that ask for an exchange. */
final class SpecificationsTest {
  /** Methods that ask for what only some servers have. */
  static final class Exchanging {
    @GovernedTool(name = "sync_exchange")
    String exchange(McpSyncServerExchange exchange) {
      exchange.loggingNotification(
          LoggingMessageNotification.builder(LoggingLevel.ERROR, "lost").build());
      return exchange.sessionId();
    }
  }

  /** The same for asynchronous servers. */
  static final class AsyncExchanging {
    @GovernedTool(name = "async_exchange")
    Mono<String> exchange(McpAsyncServerExchange exchange) {
      return Mono.delay(Duration.ofMillis(1)).map(passed -> exchange.sessionId());
    }
  }

  // docs: specifications
  @RegisterExtension
  final GovernorExtension governed =
      GovernorExtension.of(new Exchanging(), new AsyncExchanging())
          .tools(specifications())
          .declaring(tools -> tools.server("crm").tool("sync", tool -> tool.tenantScoped(false)));

  // docs: end

  private final AtomicInteger runs = new AtomicInteger();

  private List<Object> specifications() {
    return List.of(
        new McpServerFeatures.SyncToolSpecification(
            definition("sync"), (exchange, request) -> echo(request.arguments())),
        new McpServerFeatures.AsyncToolSpecification(
            definition("async"),
            (exchange, request) -> Mono.fromSupplier(() -> echo(request.arguments()))),
        new McpStatelessServerFeatures.SyncToolSpecification(
            definition("stateless_sync"), (context, request) -> echo(request.arguments())),
        new McpStatelessServerFeatures.AsyncToolSpecification(
            definition("stateless_async"),
            (context, request) ->
                Mono.delay(Duration.ofMillis(1)).map(passed -> echo(request.arguments()))));
  }

  private static McpSchema.Tool definition(String name) {
    return McpSchema.Tool.builder(
            name, Map.of("type", "object", "properties", Map.of("id", Map.of("type", "string"))))
        .build();
  }

  private CallToolResult echo(Map<String, Object> arguments) {
    runs.incrementAndGet();
    return CallToolResult.builder()
        .structuredContent(
            Map.of("id", arguments.get("id"), "contact", Map.of("email", "john@example.com")))
        .addTextContent("{\"quoted\": \"\\u0041 \\\"b\\\"\"}")
        .meta(Map.of("owner", "jane@example.com"))
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sync", "async", "stateless_sync", "stateless_async"})
  void isGovernedInEveryShape(String tool) {
    CallAssert call = governed.assertThatCall(tool).with("id", "x1");
    call.isDenied("identity");
    assertThat(runs).hasValue(0);

    ResultAssert result = call.as("alice").isAllowed();

    result
        .masks("email")
        .hasResult("/id", "x1")
        .hasResult("", Map.of("id", "x1", "contact", Map.of("email", "***@***.com")))
        .doesNotContain("john@example.com", "jane@example.com");
    assertThat(result.result().content()).hasSize(1);
    assertThat(runs).hasValue(1);
    governed.assertThatAudit().hasAttemptAndOutcome(tool).by("alice").times(1);
  }

  @Test
  void textIsAlsoFoundWhereJsonInATextEscapesIt() {
    ResultAssert result = governed.assertThatCall("sync").as("alice").with("id", "1").isAllowed();

    assertThat(catchThrowable(() -> result.doesNotContain("A \"b\"")))
        .hasMessageContaining("at /quoted of the JSON in /content/0/text");
  }

  @Test
  void methodsMayAskForAnExchangeBehindWhichThereIsNoClient() {
    governed.assertThatCall("sync_exchange").as("alice").isAllowed().hasText("test");
    governed.assertThatCall("async_exchange").as("alice").isAllowed().hasText("test");
  }

  @Test
  void callsMayRunAtTheSameTimeAndEachIsGivenItsOwnRecord() {
    governed.grants().grantTenantAccess("alice", "acme");
    CallAssert alice = governed.assertThatCall("async").as("alice").in("acme");
    IntStream.range(0, 60)
        .parallel()
        .forEach(
            i -> alice.with("id", "x" + i).isAllowed().masks("email").hasResult("/id", "x" + i));

    governed.assertThatAudit().hasAttemptAndOutcome("async").by("alice").in("acme").times(60);
  }

  @Test
  void twoToolsOfOneNameAreRefused() {
    GovernorExtension twice =
        GovernorExtension.of(new Exchanging())
            .tools(
                List.of(
                    new McpServerFeatures.SyncToolSpecification(
                        definition("sync_exchange"), (exchange, request) -> echo(Map.of()))));

    assertThatIllegalArgumentException().isThrownBy(() -> twice.beforeEach(null));
  }

  /** A host's own interface. */
  interface Orders {
    @GovernedTool(name = "count_orders")
    String count(String customer);
  }

  @Test
  void governedInterfacesAreOnTheSameRecord() {
    // docs: proxy
    Governor governor = governed.governor();
    Orders orders =
        governor.proxy(
            Orders.class, customer -> "3 for john@example.com", () -> Principal.verified("alice"));

    assertThat(orders.count("c1")).isEqualTo("3 for ***@***.com");
    governed
        .assertThatAudit()
        .hasAttemptAndOutcome("count_orders")
        .by("alice")
        .holdsNoRawValue("john@example.com");
    // docs: end
  }
}
