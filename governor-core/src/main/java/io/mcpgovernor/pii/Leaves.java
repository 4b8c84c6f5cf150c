package io.mcpgovernor.pii;

import io.mcpgovernor.pii.JsonCursor.Token;
import io.mcpgovernor.pii.Leaf.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a scanned value once more, for the few that need it, and tells in which strings, numbers
 * and keys each finding stands. Scans do not keep that, because nearly no call ever asks.
 *
 * <p>Linear; used once, by one thread.
 */
final class Leaves {
  private final Splices splices;
  private final List<Leaf> leaves = new ArrayList<>();
  private int next;

  private Leaves(Splices splices) {
    this.splices = splices;
  }

  /** The text of one layer, and the way back to the source. */
  private static final class Layer {
    final byte[] text;
    final @Nullable Unescaped content;
    final @Nullable Layer below;

    Layer(byte[] text, @Nullable Unescaped content, @Nullable Layer below) {
      this.text = text;
      this.content = content;
      this.below = below;
    }

    int source(int at) {
      int place = at;
      for (Layer layer = this; layer != null && layer.content != null; layer = layer.below) {
        place = layer.content.source(place);
      }
      return place;
    }
  }

  /** The leaves of a value, in the order in which they stand. */
  static List<Leaf> of(Splices splices) {
    Leaves reading = new Leaves(splices);
    byte[] source = splices.source();
    reading.walk(new Layer(source, null, null), source.length, 0);
    return reading.leaves;
  }

  private void walk(Layer layer, int length, int strings) {
    JsonCursor cursor = new JsonCursor().start(layer.text, 0, length);
    int number = 0;
    while (next < splices.size()) {
      Token token = cursor.next();
      switch (token) {
        case KEY, STRING, NUMBER, LITERAL -> {
          if (splices.from(next) <= layer.source(cursor.to())) {
            leaf(layer, cursor, token, strings == 0 ? number : Leaf.NESTED, strings);
          }
        }
        case OBJECT, OBJECT_END, ARRAY, ARRAY_END -> {}
        case END, MALFORMED -> {
          return;
        }
      }
      number++;
    }
  }

  private void leaf(Layer layer, JsonCursor cursor, Token token, int number, int strings) {
    int from = layer.source(cursor.from());
    int to = layer.source(cursor.to());
    boolean isWhole = splices.from(next) == from && splices.to(next) == to;
    if (token == Token.STRING && !isWhole && strings < JsonScanner.NESTING_MAX) {
      Unescaped content = new Unescaped();
      content.read(layer.text, cursor.from(), cursor.to());
      if (isJson(content)) {
        walk(new Layer(content.utf8(), content, layer), content.length(), strings + 1);
        return;
      }
    }
    boolean isText = token == Token.STRING || token == Token.KEY;
    int undo = strings + (isText ? 1 : 0);
    List<Part> parts = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    int read = from;
    while (next < splices.size() && splices.from(next) >= from && splices.to(next) <= to) {
      value.append(plain(read, splices.from(next), undo));
      String part = plain(splices.from(next), splices.to(next), undo);
      parts.add(new Part(next, splices.kind(next), part, value.length()));
      value.append(part);
      read = splices.to(next);
      next++;
    }
    value.append(plain(read, to, undo));
    if (!parts.isEmpty()) {
      leaves.add(new Leaf(token, number, from, to, strings, value.toString(), parts));
    }
  }

  /** A slice of the source with the escapes of the strings undone that it stands in. */
  private String plain(int from, int to, int strings) {
    return Unescaped.text(splices.source(), from, to, strings);
  }

  /** Whether the scanner read a string as JSON: an object or array, sound to its end. */
  private static boolean isJson(Unescaped content) {
    JsonCursor cursor = new JsonCursor().start(content.utf8(), 0, content.length());
    Token token = cursor.next();
    if (token != Token.OBJECT && token != Token.ARRAY) {
      return false;
    }
    while (token != Token.END && token != Token.MALFORMED) {
      token = cursor.next();
    }
    return token == Token.END;
  }
}
