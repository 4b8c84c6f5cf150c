package io.mcpgovernor.bench.accuracy;

import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Labelled texts and predictions in files: one JSON object a line, {@code {"id": ..., "text": ...,
 * "spans": [[start, end, "TYPE"], ...]}}; places in code points. Predictions need no text.
 */
public final class GoldFile {
  private GoldFile() {}

  /**
   * Reads labelled texts.
   *
   * @throws IllegalArgumentException if a line is not as it should be; the message names the line
   */
  public static List<LabelledText> read(Path file) {
    List<LabelledText> texts = new ArrayList<>();
    for (Map<String, @Nullable Object> line : lines(file)) {
      texts.add(
          new LabelledText(
              string(line, "id"),
              string(line, "text"),
              labels(line, "spans"),
              labels(line, "traps")));
    }
    return texts;
  }

  /** Reads what a detector elsewhere found, by id of the text. */
  public static Map<String, List<Label>> readPredictions(Path file) {
    Map<String, List<Label>> predictions = new HashMap<>();
    for (Map<String, @Nullable Object> line : lines(file)) {
      predictions.put(string(line, "id"), labels(line, "spans"));
    }
    return predictions;
  }

  /** Writes labelled texts. */
  public static void write(Path file, List<LabelledText> texts) {
    try {
      Files.write(file, texts.stream().map(LabelledText::toJson).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Map<String, @Nullable Object>> lines(Path file) {
    List<Map<String, @Nullable Object>> objects = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank()) {
          objects.add(Json.text(line).object());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("line " + (objects.size() + 1) + " of the file", e);
    }
    return objects;
  }

  private static String string(Map<String, @Nullable Object> line, String name) {
    if (line.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("each line needs the string " + name);
  }

  private static List<Label> labels(Map<String, @Nullable Object> line, String name) {
    List<Label> labels = new ArrayList<>();
    if (line.get(name) instanceof List<?> spans) {
      for (Object span : spans) {
        if (!(span instanceof List<?> parts
            && parts.size() == 3
            && parts.get(0) instanceof Number start
            && parts.get(1) instanceof Number end)) {
          throw new IllegalArgumentException("a span is [start, end, type]");
        }
        labels.add(new Label(start.intValue(), end.intValue(), String.valueOf(parts.get(2))));
      }
    }
    return labels;
  }
}
