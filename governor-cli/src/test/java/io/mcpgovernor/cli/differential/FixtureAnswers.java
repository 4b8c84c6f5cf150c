package io.mcpgovernor.cli.differential;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the fixture's tools answer: as JSON trees, by a seed. */
final class FixtureAnswers {
  private static final int BYTES_UNLESS_ASKED = 100_000;

  private FixtureAnswers() {}

  /** The result of a tool that gives one. */
  static Map<String, Object> of(FixtureTool tool, Map<String, ?> arguments) {
    long seed = arguments.get("seed") instanceof Number number ? number.longValue() : 0;
    Random random = new Random(seed * 31 + tool.ordinal());
    return switch (tool) {
      case GET_CUSTOMER -> both(customer(random));
      case EXPORT_ROWS -> both(rows(random));
      case SEARCH -> search(random, arguments);
      case UPDATE_NOTE -> result(text("Noted: " + arguments.get("note")));
      case TYPED -> both(typed(random));
      case ENUMERATED ->
          both(object("value", List.of("123-45-6789", "none", "other").get(random.nextInt(3))));
      case BREAKS_PROMISE -> both(object("value", random.nextBoolean() ? 7 : PiiText.of(random)));
      case CONTENTS -> contents(random);
      case NUMBERS -> both(numbers(random));
      case FAILS -> failed(random);
      case FLOODS -> result(text(PiiText.ofLength(random, bytes(arguments))));
      case OWN_DATA ->
          result(text("Data of " + arguments.get("user_id") + ": " + PiiText.of(random)));
      case JUDGED -> both(judged(random));
      case PING -> result(text("pong"));
      default -> result(text(PiiText.of(random)));
    };
  }

  private static int bytes(Map<String, ?> arguments) {
    return arguments.get("bytes") instanceof Number bytes ? bytes.intValue() : BYTES_UNLESS_ASKED;
  }

  private static Map<String, Object> customer(Random random) {
    return object(
        "id",
        random.nextInt(100_000),
        "name",
        PiiText.name(random),
        "email",
        PiiText.email(random),
        "ssn",
        PiiText.ssn(random),
        "phone",
        PiiText.phone(random),
        "card",
        random.nextBoolean() ? PiiText.card(random) : 4111111111111111L,
        "note",
        PiiText.of(random),
        "address",
        object("street", "12 Main Street", "zip", "02139-4307"),
        "tags",
        List.of("new", PiiText.email(random)),
        PiiText.email(random),
        "by key");
  }

  private static Map<String, Object> rows(Random random) {
    List<Object> rows = new ArrayList<>();
    for (int i = random.nextInt(20); i >= 0; i--) {
      rows.add(
          object(
              "customer",
              customer(random),
              "order",
              "ORD-" + random.nextInt(1_000_000),
              "at",
              1_700_000_000_000L + random.nextInt(),
              "uuid",
              new UUID(random.nextLong(), random.nextLong()).toString(),
              "none",
              null));
    }
    return object("rows", rows, "more", random.nextBoolean());
  }

  private static Map<String, Object> search(Random random, Map<String, ?> arguments) {
    List<Object> content = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      content.add(text(i + ": " + PiiText.of(random)));
    }
    Map<String, Object> result = object("content", content);
    if (random.nextBoolean()) {
      result.put("_meta", object("asked", arguments.get("query"), "by", PiiText.email(random)));
    }
    if (random.nextInt(4) == 0) {
      result.put("structuredContent", object("found", content.size(), "first", content.get(0)));
    }
    return result;
  }

  private static Map<String, Object> typed(Random random) {
    return object(
        "email", PiiText.email(random),
        "count", random.nextInt(10),
        "account", random.nextBoolean() ? 123456789 : "account 000123456789",
        "ssn", PiiText.ssn(random));
  }

  private static Map<String, Object> numbers(Random random) {
    return object(
        "integer",
        random.nextLong(),
        "double",
        random.nextDouble() * Math.pow(10, random.nextInt(40) - 20),
        "large",
        new BigInteger(120, random),
        "whole",
        1.0,
        "tiny",
        1e-7,
        "huge",
        1e22,
        "zero",
        -0.0,
        "decimal",
        new BigDecimal("10.50"),
        "card",
        4111111111111111L,
        "ssn",
        123456789,
        "truth",
        true,
        "nothing",
        null);
  }

  private static Map<String, Object> judged(Random random) {
    return object(
        "secret_level", random.nextInt(10), "person", PiiText.name(random), "ip", "192.0.2.17");
  }

  private static Map<String, Object> failed(Random random) {
    Map<String, Object> result = result(text("It failed: " + PiiText.of(random)));
    result.put("isError", true);
    if (random.nextBoolean()) {
      result.put("structuredContent", object("row", customer(random)));
    }
    return result;
  }

  private static Map<String, Object> contents(Random random) {
    List<Object> all = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      all.add(content(random));
    }
    Map<String, Object> result = object("content", all);
    if (random.nextInt(3) == 0) {
      result.put("_meta", object("example.com/owner", PiiText.email(random)));
    }
    return result;
  }

  private static Map<String, Object> content(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> object("type", "image", "data", blob(random, 30), "mimeType", "image/png");
      case 1 -> object("type", "audio", "data", blob(random, 30), "mimeType", "audio/wav");
      case 2 ->
          object(
              "type",
              "resource_link",
              "name",
              "Of " + PiiText.email(random),
              "uri",
              "file:///customers/" + random.nextInt(1_000),
              "description",
              PiiText.of(random),
              "mimeType",
              "text/plain");
      case 3 -> resource("text", PiiText.of(random), "text/plain");
      case 4 -> resource("blob", base64(PiiText.of(random)), "text/csv");
      case 5 -> resource("blob", blob(random, 60), "application/pdf");
      case 6 ->
          object(
              "type",
              "text",
              "text",
              "{\"email\":\"" + PiiText.email(random) + "\",\"n\":[1,2.50]}",
              "annotations",
              object("audience", List.of("user"), "priority", 0.5));
      default ->
          object(
              "type",
              "text",
              "text",
              PiiText.of(random),
              "_meta",
              object("of", PiiText.of(random)));
    };
  }

  private static Map<String, Object> resource(String name, String value, String type) {
    return object(
        "type",
        "resource",
        "resource",
        object("uri", "file:///notes/1", "mimeType", type, name, value));
  }

  private static String blob(Random random, int bytes) {
    byte[] blob = new byte[bytes];
    random.nextBytes(blob);
    return Base64.getEncoder().encodeToString(blob);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** As text and as structured content, as servers answer. */
  private static Map<String, Object> both(Map<String, Object> structured) {
    Map<String, Object> result = result(text(JsonText.of(structured)));
    result.put("structuredContent", structured);
    return result;
  }

  private static Map<String, Object> result(Map<String, Object> content) {
    return object("content", List.of(content));
  }

  private static Map<String, Object> text(String text) {
    return object("type", "text", "text", text);
  }

  @SuppressWarnings("NullAway") // JSON has null
  static Map<String, Object> object(@Nullable Object... members) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      object.put((String) members[i], members[i + 1]);
    }
    return object;
  }
}
