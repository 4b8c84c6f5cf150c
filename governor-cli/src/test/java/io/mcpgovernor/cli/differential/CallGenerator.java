package io.mcpgovernor.cli.differential;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes up calls, by a seed: good ones of all tools, and all kinds of bad ones. */
final class CallGenerator {
  /** Arguments that are none. */
  static final List<String> NO_OBJECT = List.of("[]", "7", "\"seed\"", "[{\"seed\":1}]");

  /** Arguments with a key twice: whoever takes them all the same finds that they do not fit. */
  static final List<String> KEY_TWICE =
      List.of(
          "{\"seed\":1,\"seed\":2,\"unexpected\":true}",
          "{\"seed\":1,\"unexpected\":{\"a\":1,\"a\":2}}");

  private static final FixtureTool[] TOOLS = FixtureTool.values();

  private final Random random;
  private final Setting setting;
  private int number;
  private int slept;

  CallGenerator(long seed, Setting setting) {
    this.setting = setting;
    this.random = new Random(seed);
  }

  /** So many more. */
  List<GeneratedCall> calls(int count) {
    List<GeneratedCall> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      calls.add(call());
    }
    return calls;
  }

  private GeneratedCall call() {
    number++;
    if (setting == Setting.CROWDED && number % 40 == 1) {
      return new GeneratedCall(number, FixtureTool.HOLDS.toolName(), "{}");
    }
    return switch (random.nextInt(60)) {
      case 0 -> twice();
      case 1, 2, 3, 4, 5 ->
          new GeneratedCall(number, unknown(), JsonText.of(good(FixtureTool.PING)));
      case 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 -> bad(tool());
      default -> good();
    };
  }

  private GeneratedCall good() {
    FixtureTool tool = tool();
    return new GeneratedCall(number, tool.toolName(), JsonText.of(good(tool)));
  }

  /** A call that sleeps takes its time-out, so there are few. */
  private FixtureTool tool() {
    FixtureTool tool = TOOLS[random.nextInt(TOOLS.length)];
    if (tool == FixtureTool.HOLDS || (tool == FixtureTool.SLEEPS && slept++ % 4 != 0)) {
      return FixtureTool.GET_CUSTOMER;
    }
    return tool;
  }

  private String unknown() {
    return List.of(
            "no_such_tool",
            "",
            "GET_CUSTOMER",
            "get_customer ",
            "method:resources/read",
            "tool:ping",
            "p\u00efng",
            "a".repeat(200))
        .get(random.nextInt(8));
  }

  private Map<String, @Nullable Object> good(FixtureTool tool) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    if (tool != FixtureTool.PING && tool != FixtureTool.SECRET_TOOL && tool != FixtureTool.SCARCE) {
      arguments.put("seed", 1 + random.nextInt(1_000_000));
    }
    switch (tool) {
      case GET_CUSTOMER -> {
        if (random.nextBoolean()) {
          arguments.put(
              "tenant_id", List.of("acme", "umbrella", "initech", "").get(random.nextInt(4)));
        }
        if (random.nextInt(3) == 0) {
          arguments.put("fields", List.of("name", PiiText.email(random)));
        }
      }
      case EXPORT_ROWS -> {
        arguments.put("limit", random.nextInt(1_400));
        if (random.nextBoolean()) {
          arguments.put("format", random.nextBoolean() ? "json" : "csv");
        }
      }
      case SEARCH -> search(arguments);
      case UPDATE_NOTE -> arguments.put("note", PiiText.of(random));
      case FLOODS -> arguments.put("bytes", random.nextInt(130_000));
      case OWN_DATA -> {
        if (random.nextInt(4) > 0) {
          arguments.put("user_id", List.of("alice", "bob", "ALICE").get(random.nextInt(3)));
        }
      }
      case PING -> {
        if (random.nextBoolean()) {
          arguments.put("any", PiiText.of(random));
        }
      }
      default -> {}
    }
    return arguments;
  }

  private void search(Map<String, @Nullable Object> arguments) {
    arguments.put(
        "query",
        switch (random.nextInt(4)) {
          case 0 -> "SELECT * FROM customers c JOIN orders o ON o.c = c.id WHERE c.id = 1";
          case 1 -> "select name from customers where email = '" + PiiText.email(random) + "'";
          case 2 -> "{ customers(first: 10) { orders { items { name } } } }";
          default -> PiiText.ofLength(random, random.nextInt(9_000));
        });
    Object filter = Map.of("a", 1);
    for (int depth = random.nextInt(12); depth > 0; depth--) {
      filter = Map.of("and", List.of(filter));
    }
    arguments.put("filter", filter instanceof Map<?, ?> ? filter : Map.of());
    if (random.nextBoolean()) {
      arguments.put("order", random.nextBoolean() ? null : "name");
    }
  }

  private GeneratedCall bad(FixtureTool tool) {
    Map<String, @Nullable Object> arguments = good(tool);
    String text =
        switch (random.nextInt(13)) {
          case 0 -> null;
          case 1 -> "null";
          case 2 -> "{}";
          case 3 -> with(arguments, "seed", "seven");
          case 4 -> with(arguments, "seed", 1.5);
          case 5 -> with(arguments, "seed", -3);
          case 6 -> with(arguments, "unexpected", List.of(PiiText.of(random)));
          case 7 -> with(arguments, "seed", null);
          case 8 -> with(arguments, "deep", nested(40));
          case 9 -> with(arguments, "long", "x".repeat(random.nextInt(1_300_000)));
          case 10 -> "{\"seed\":1e0,\"limit\":1E+3,\"x\":1.50,\"y\":12345678901234567890}";
          case 11 -> NO_OBJECT.get(random.nextInt(NO_OBJECT.size()));
          default ->
              with(arguments, "tenant_id", List.of(7, "acme", List.of()).get(random.nextInt(3)));
        };
    return new GeneratedCall(number, tool.toolName(), text);
  }

  /** Charged at neither door, so that what comes next finds the same counts. */
  private GeneratedCall twice() {
    return new GeneratedCall(
        number,
        FixtureTool.GET_CUSTOMER.toolName(),
        KEY_TWICE.get(random.nextInt(KEY_TWICE.size())));
  }

  private static Object nested(int depth) {
    Object nested = "deep";
    for (int i = 0; i < depth; i++) {
      nested = i % 2 == 0 ? List.of(nested) : Map.of("n", nested);
    }
    return nested;
  }

  private static String with(
      Map<String, @Nullable Object> arguments, String name, @Nullable Object value) {
    arguments.put(name, value);
    return JsonText.of(arguments);
  }
}
