package io.mcpgovernor.bench.upstream;

import io.mcpgovernor.call.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * What the tool answers with: orders as JSON, from a fixed seed, some 220 bytes each. Every order
 * has an e-mail address and every fourth a phone number, so 1 KiB has four addresses and a number;
 * the rest, nine tenths of the bytes, is nothing to mask.
 */
final class OrderTexts {
  private static final int ORDER_BYTES_MAX = 320;
  private static final String[] NAMES = {"anna.bauer", "j.smith", "maria-lopez", "chen.wei"};
  private static final String[] ARTICLES = {"garden chair, oak", "desk lamp", "shelf, 3 boards"};
  private static final String[] CITIES = {"Utrecht", "Graz", "Leeds", "Porto"};

  private OrderTexts() {}

  /**
   * A text of exactly so many bytes, all of them ASCII; the last value, {@code "filler"}, makes up
   * what no further order fits into.
   *
   * @param bytes at least 64
   */
  static byte[] ofBytes(int bytes) {
    SplittableRandom random = new SplittableRandom(20_251_125);
    JsonWriter json = new JsonWriter(bytes);
    json.beginObject().name("orders").beginArray();
    for (int i = 0; json.size() < bytes - ORDER_BYTES_MAX; i++) {
      order(json, i, random);
    }
    json.endArray().name("filler");
    int missing = bytes - json.size() - "\"\"}".length();
    json.value(".".repeat(Math.max(0, missing))).endObject();
    return json.toByteArray();
  }

  private static void order(JsonWriter json, int number, SplittableRandom random) {
    json.beginObject()
        .field("order", "O-" + random.nextInt(100_000, 1_000_000))
        .field("email", NAMES[number % NAMES.length] + random.nextInt(10_000) + "@example.com");
    if (number % 4 == 0) {
      json.field("phone", "+43 660 " + random.nextInt(1_000_000, 10_000_000));
    }
    json.field("article", ARTICLES[random.nextInt(ARTICLES.length)])
        .field("pieces", random.nextInt(1, 10))
        .field("price", random.nextInt(1, 1_000))
        .field("city", CITIES[random.nextInt(CITIES.length)])
        .field("state", random.nextBoolean() ? "in transit" : "delivered")
        .field("note", "Leave it with the neighbours if nobody is at home, please.")
        .endObject();
  }

  /** A result of {@code tools/call} whose text is this one. */
  static byte[] result(int bytes, boolean isStateless) {
    JsonWriter json = new JsonWriter(bytes * 5 / 4 + 256);
    json.beginObject();
    if (isStateless) {
      json.field("resultType", "complete");
    }
    return json.name("content")
        .beginArray()
        .beginObject()
        .field("type", "text")
        .field("text", new String(ofBytes(bytes), StandardCharsets.US_ASCII))
        .endObject()
        .endArray()
        .field("isError", false)
        .endObject()
        .toByteArray();
  }
}
