package io.mcpgovernor.bench;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWriter;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Made-up results of a customer tool, from a fixed seed, each with an e-mail, phone, SSN and card.
 */
final class CustomerRecords {
  private final SplittableRandom random = new SplittableRandom(20_240_101);

  /** A result with so many records; about 180 bytes each. */
  Json records(int count) {
    JsonWriter json = new JsonWriter(count * 200);
    json.beginObject().name("customers").beginArray();
    for (int i = 0; i < count; i++) {
      record(json);
    }
    return Json.utf8(json.endArray().endObject().toByteArray());
  }

  /** A result as MCP has it, of about this many bytes: text, and the same as structured content. */
  Json toolResult(int bytes) {
    byte[] records = records(Math.max(1, (bytes - 100) / 400)).utf8();
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

  private int part(int bound) {
    return random.nextInt(bound);
  }
}
