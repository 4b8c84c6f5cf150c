package io.mcpgovernor.bench.accuracy;

import io.mcpgovernor.call.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A text and the truth about it. Immutable.
 *
 * @param id unique in its corpus
 * @param text the text
 * @param spans where there is PII
 * @param traps where there is something that only looks like it; empty if nobody said
 */
public record LabelledText(String id, String text, List<Label> spans, List<Label> traps) {
  /** Copies the lists. */
  public LabelledText {
    spans = List.copyOf(spans);
    traps = List.copyOf(traps);
  }

  static LabelledText of(String id, Marked text) {
    return new LabelledText(id, text.text(), text.pii(), text.traps());
  }

  /** One line of a gold file, without a line end. */
  public String toJson() {
    JsonWriter json = new JsonWriter(text.length() * 2 + 256);
    json.beginObject().field("id", id).field("text", text);
    write(json, "spans", spans);
    write(json, "traps", traps);
    return new String(json.endObject().toByteArray(), StandardCharsets.UTF_8);
  }

  private static void write(JsonWriter json, String name, List<Label> labels) {
    json.name(name).beginArray();
    for (Label label : labels) {
      json.beginArray();
      json.value((Object) label.start()).value((Object) label.end()).value((Object) label.type());
      json.endArray();
    }
    json.endArray();
  }
}
