package io.mcpgovernor.bench;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWriter;
import java.util.Locale;
import java.util.SplittableRandom;

/** Made-up results of a customer tool, from a fixed seed. */
public final class CustomerRecords {
  private static final int ORDER_BYTES = 120;

  private final SplittableRandom random = new SplittableRandom(20_240_101);

  /** Starts at the first record, which is always the same. */
  public CustomerRecords() {}

  /** So many records, each with an e-mail, phone, SSN and card; about 180 bytes each. */
  public Json records(int count) {
    JsonWriter json = new JsonWriter(count * 200);
    json.beginObject().name("customers").beginArray();
    for (int i = 0; i < count; i++) {
      record(json);
    }
    return Json.utf8(json.endArray().endObject().toByteArray());
  }

  /** A result as MCP has it, of about this many bytes, with PII. */
  public Json toolResult(int bytes) {
    return toolResult(records(Math.max(1, (bytes - 100) / 400)), bytes);
  }

  /** A result as MCP has it, of about this many bytes, in which there is nothing to mask. */
  public Json cleanToolResult(int bytes) {
    return toolResult(orders(Math.max(1, (bytes - 100) / (2 * ORDER_BYTES))), bytes);
  }

  /** Text, and the same as structured content. */
  private static Json toolResult(Json value, int bytes) {
    byte[] records = value.utf8();
    String text = new String(records, java.nio.charset.StandardCharsets.UTF_8);
    return Json.utf8(
        new JsonWriter(bytes + 512)
            .beginObject()
            .name("content")
            .beginArray()
            .beginObject()
            .field("type", "text")
            .field("text", text)
            .endObject()
            .endArray()
            .name("structuredContent")
            .raw(records, 0, records.length)
            .field("isError", false)
            .endObject()
            .toByteArray());
  }

  private void record(JsonWriter json) {
    int id = random.nextInt(100_000, 1_000_000);
    json.beginObject()
        .field("customer_id", "C-" + id)
        .field("name", "John Doe")
        .field("email", "john.doe" + id + "@example.com")
        .field("phone", String.format(Locale.ROOT, "555-%03d-%04d", part(1_000), part(10_000)))
        .field(
            "ssn", String.format(Locale.ROOT, "%03d-%02d-%04d", part(900), part(100), part(10_000)))
        .field(
            "card",
            String.format(
                Locale.ROOT,
                "%04d-%04d-%04d-%04d",
                part(10_000),
                part(10_000),
                part(10_000),
                part(10_000)))
        .field("balance", part(100_000))
        .endObject();
  }

  private Json orders(int count) {
    JsonWriter json = new JsonWriter(count * ORDER_BYTES);
    json.beginObject().name("orders").beginArray();
    for (int i = 0; i < count; i++) {
      json.beginObject()
          .field("order", "O-" + random.nextInt(100_000, 1_000_000))
          .field("article", "garden chair, oak")
          .field("pieces", part(10))
          .field("price", part(1_000))
          .field("city", "Utrecht")
          .field("state", "in transit")
          .endObject();
    }
    return Json.utf8(json.endArray().endObject().toByteArray());
  }

  private int part(int bound) {
    return random.nextInt(bound);
  }
}
