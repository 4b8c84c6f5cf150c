package io.mcpgovernor.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.config.ToolSchema;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

final class MethodToolsTest {
  enum Tier {
    GOLD,
    SILVER
  }

  record Address(String street, @Nullable String door) {}

  record Customer(
      String id,
      Tier tier,
      List<Address> addresses,
      Optional<LocalDate> since,
      BigDecimal credit) {}

  record Node(String name, List<Node> children) {}

  static class Tools {
    @GovernedTool(description = "Stores a customer", requiresPii = true)
    Customer store(
        @ToolParam(description = "who") Customer customer,
        int count,
        @Nullable Tier tier,
        Optional<UUID> trace,
        Map<String, Long> scores,
        Instant at,
        boolean[] flags) {
      return customer;
    }

    @GovernedTool
    Node tree(Node root) {
      return root;
    }

    @GovernedTool
    List<Integer> numbers() {
      return List.of(1, 2);
    }

    @GovernedTool
    String text(int n, long l, @Nullable Double d, boolean b) {
      return n + " " + l + " " + d + " " + b;
    }

    @GovernedTool
    void nothing() {}

    @GovernedTool
    CompletionStage<Address> later() {
      return CompletableFuture.completedFuture(new Address("Elm Street 1", null));
    }

    @GovernedTool
    Mono<@Nullable Address> maybe() {
      return Mono.empty();
    }

    void isNoTool(InputStream anything) {}
  }

  private static MethodTool tool(Object tools, String name) {
    return MethodTools.of(List.of(tools), Set.of(), Set.of()).stream()
        .filter(tool -> tool.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static @Nullable Object run(String name, String arguments) throws Exception {
    return tool(new Tools(), name)
        .start(Json.text(arguments), type -> null, Context.empty())
        .value()
        .toCompletableFuture()
        .get();
  }

  @Test
  void onlyMarkedMethodsAreTools() {
    assertThat(MethodTools.of(List.of(new Tools()), Set.of(), Set.of()))
        .extracting(MethodTool::name)
        .containsExactlyInAnyOrder("store", "tree", "numbers", "text", "nothing", "later", "maybe");
  }

  @Test
  void theInputSchemaIsClosedAndDemandsWhatIsNotNullable() {
    Map<String, @Nullable Object> schema = tool(new Tools(), "store").inputSchema();

    assertThat(schema).containsEntry("type", "object").containsEntry("additionalProperties", false);
    assertThat(schema.get("required"))
        .isEqualTo(List.of("customer", "count", "scores", "at", "flags"));
    ToolSchema check = ToolSchema.of(schema);
    String customer =
        """
        {"id":"c1","tier":"GOLD","addresses":[{"street":"Elm","door":null},{"street":"Oak"}],
         "credit":12.50}""";
    assertThat(check.problem(arguments(customer, "1"))).isNull();
    assertThat(check.problem(arguments(customer, "\"1\""))).contains("/count");
    assertThat(check.problem(arguments(customer.replace("GOLD", "gold"), "1"))).contains("tier");
    assertThat(check.problem(arguments(customer.replace("\"street\":\"Oak\"", ""), "1")))
        .contains("street");
    assertThat(check.problem(arguments(customer.replace("\"id\"", "\"no\""), "1"))).isNotNull();
  }

  private static Json arguments(String customer, String count) {
    return Json.text(
        """
        {"customer":%s,"count":%s,"scores":{"a":1},"at":"2026-01-01T00:00:00Z","flags":[true]}"""
            .formatted(customer, count));
  }

  @Test
  void theSchemasDescribeEachParameterAndTheResult() {
    MethodTool tool = tool(new Tools(), "store");

    assertThat(tool.description()).isEqualTo("Stores a customer");
    assertThat(tool.inputSchema().toString())
        .contains("description=who", "GOLD, SILVER", "type=integer", "type=array");
    assertThat(tool.content()).isEqualTo(MethodTool.Content.OBJECT);
    assertThat(ToolSchema.of(tool.outputSchema()).problem(Json.text("{\"id\":7}"))).isNotNull();
  }

  @NullUnmarked
  static class Unmarked {
    record Note(String text, int length) {}

    @GovernedTool
    Note note() {
      return new Note(null, 0);
    }
  }

  @Test
  void javaThatIsNotNullMarkedMayReturnNullAnywhereButForPrimitives() {
    ToolSchema unmarked = ToolSchema.of(tool(new Unmarked(), "note").outputSchema());
    assertThat(unmarked.problem(Json.text("{\"text\":null,\"length\":1}"))).isNull();
    assertThat(unmarked.problem(Json.text("{\"text\":null,\"length\":null}"))).isNotNull();

    ToolSchema marked = ToolSchema.of(tool(new Tools(), "later").outputSchema());
    assertThat(marked.problem(Json.text("{\"street\":\"Elm\",\"door\":null}"))).isNull();
    assertThat(marked.problem(Json.text("{\"street\":null,\"door\":null}"))).isNotNull();
  }

  @Test
  void aTypeThatHoldsItselfIsDescribedOnce() {
    MethodTool tool = tool(new Tools(), "tree");

    Json tree =
        Json.text("{\"root\":{\"name\":\"a\",\"children\":[{\"name\":\"b\",\"children\":[]}]}}");
    assertThat(ToolSchema.of(tool.inputSchema()).problem(tree)).isNull();
    assertThat(
            ToolSchema.of(tool.inputSchema())
                .problem(Json.text("{\"root\":{\"name\":\"a\",\"children\":[{\"name\":1}]}}")))
        .isNotNull();
    assertThat(tool.outputSchema()).containsEntry("type", "object");
    assertThat(
            ToolSchema.of(tool.outputSchema())
                .problem(Json.text("{\"name\":\"a\",\"children\":[{\"name\":1,\"children\":[]}]}")))
        .isNotNull();
  }

  @Test
  void whatIsNoObjectStandsInOne() {
    assertThat(tool(new Tools(), "numbers").content()).isEqualTo(MethodTool.Content.WRAPPED);
    ToolSchema schema = ToolSchema.of(tool(new Tools(), "numbers").outputSchema());
    assertThat(schema.problem(Json.text("{\"result\":[1,2]}"))).isNull();
    assertThat(schema.problem(Json.text("{\"result\":[\"1\"]}"))).isNotNull();
    assertThat(
            ToolSchema.of(tool(new Tools(), "maybe").outputSchema())
                .problem(Json.text("{\"result\":null}")))
        .isNull();
    assertThat(tool(new Tools(), "text").outputSchema()).isNull();
    assertThat(tool(new Tools(), "nothing").content()).isEqualTo(MethodTool.Content.NONE);
  }

  @Test
  void methodsRunWithTheirArgumentsAndAbsentOnesAreNothing() throws Exception {
    assertThat(run("text", "{\"n\":1,\"l\":9007199254740993,\"b\":true}"))
        .isEqualTo("1 9007199254740993 null true");
    assertThat(run("later", "{}")).isEqualTo(new Address("Elm Street 1", null));
    assertThat(run("maybe", "{}")).isNull();
  }

  @Retention(RetentionPolicy.RUNTIME)
  @interface McpTool {
    String name() default "";

    String description() default "";
  }

  @Retention(RetentionPolicy.RUNTIME)
  @interface Tool {
    String[] value() default "";

    String name() default "<<element name>>";
  }

  @Retention(RetentionPolicy.RUNTIME)
  @interface McpToolParam {
    String description() default "";

    boolean required() default true;
  }

  static class Framed {
    @McpTool(name = "get_customer", description = "By id")
    @GovernedTool(requiresPii = true)
    String spring(@McpToolParam(description = "its id", required = false) String id) {
      return id;
    }

    @Tool({"First line", "second line"})
    @GovernedTool
    String langChain() {
      return "";
    }

    @McpTool(name = "theirs")
    @GovernedTool(name = "ours")
    String named() {
      return "";
    }
  }

  @Test
  void namesAndDescriptionsOfFrameworksCountUnlessOursSayMore() {
    MethodTool spring = tool(new Framed(), "get_customer");
    assertThat(spring.description()).isEqualTo("By id");
    assertThat(spring.inputSchema().toString()).contains("its id");
    assertThat(spring.inputSchema()).doesNotContainKey("required");
    assertThat(tool(new Framed(), "langChain").description()).isEqualTo("First line\nsecond line");
    assertThat(MethodTools.declarations(Framed.class)).containsKeys("get_customer", "ours");
  }

  static class SubTools extends Tools {
    @Override
    String text(int n, long l, @Nullable Double d, boolean b) {
      return "overridden";
    }
  }

  @Test
  void marksOfWhatAClassExtendsCountForIt() throws Exception {
    MethodTool tool = tool(new SubTools(), "text");

    assertThat(
            tool.start(Json.text("{\"n\":1,\"l\":2,\"b\":true}"), type -> null, Context.empty())
                .value()
                .toCompletableFuture()
                .get())
        .isEqualTo("overridden");
  }

  static class TakesStream {
    @GovernedTool
    void read(InputStream in) {}
  }

  static class TakesInterface {
    interface Shape {}

    @GovernedTool
    void draw(List<Shape> shapes) {}
  }

  record Holder(Runnable task) {}

  static class TakesTask {
    @GovernedTool
    void run(Holder holder) {}
  }

  static class ReturnsFlux {
    @GovernedTool
    Flux<String> all() {
      return Flux.empty();
    }
  }

  static class ReturnsStream {
    @GovernedTool
    Stream<String> all() {
      return Stream.empty();
    }
  }

  static class ReturnsBytes {
    @GovernedTool
    byte[] all() {
      return new byte[0];
    }
  }

  static class SameName {
    @GovernedTool
    void one() {}

    @GovernedTool(name = "one")
    void two() {}
  }

  static class SameArgument {
    @GovernedTool
    void one(@ToolParam(name = "x") int a, @ToolParam(name = "x") int b) {}
  }

  static class None {}

  @Test
  void whatCannotBeDescribedIsRefusedWithTheReason() {
    Map<Object, String> refused =
        Map.of(
            new TakesStream(), "java.io.InputStream",
            new TakesInterface(), "abstract",
            new TakesTask(), "java.lang.Runnable",
            new ReturnsFlux(), "Flux",
            new ReturnsStream(), "Stream",
            new ReturnsBytes(), "byte[]",
            new SameName(), "two tools are named one",
            new SameArgument(), "two arguments of one name",
            new None(), "no method with @GovernedTool");
    refused.forEach(
        (tools, reason) ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> MethodTools.of(List.of(tools), Set.of(), Set.of()))
                .withMessageContaining(reason));
  }

  record Times(Instant at, Duration length, LocalDate day) {}

  static class Timely {
    @GovernedTool
    Times times(Times times) {
      return times;
    }
  }

  @Test
  void timesAreTexts() throws Exception {
    MethodTool tool = tool(new Timely(), "times");
    Json arguments =
        Json.text(
            "{\"times\":{\"at\":\"2026-01-01T00:00:00Z\",\"length\":\"PT5S\",\"day\":\"2026-01-01\"}}");

    assertThat(ToolSchema.of(tool.inputSchema()).problem(arguments)).isNull();
    assertThat(
            tool.start(arguments, type -> null, Context.empty())
                .value()
                .toCompletableFuture()
                .get())
        .isEqualTo(
            new Times(
                Instant.parse("2026-01-01T00:00:00Z"),
                Duration.ofSeconds(5),
                LocalDate.of(2026, 1, 1)));
    String written =
        new String(
            JavaValues.write(new Times(Instant.EPOCH, Duration.ofSeconds(1), LocalDate.MIN)).utf8(),
            StandardCharsets.UTF_8);
    assertThat(written).contains("\"1970-01-01T00:00:00Z\"", "\"PT1S\"");
  }
}
