package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Names places in a JSON text by the keys and indexes that lead to them. A place in JSON inside a
 * string is named by the way to that string.
 *
 * <p>Used once, by one thread.
 */
final class Pointers {
  /** Is told the way to each string, number or key with places in it. */
  interface Visitor {
    /**
     * Takes the places of one value.
     *
     * @param first the number of the first place in it
     * @param end the number of the first place behind it
     * @return whether to go on
     */
    boolean visit(int first, int end, List<String> path);
  }

  private final byte[] json;
  private final Visitor visitor;
  private int[] starts = new int[16]; // of a key, where it begins; of an array, -1
  private int[] ends = new int[16]; // of a key, where it ends; of an array, the index

  private boolean isEnough;

  private Pointers(byte[] json, Visitor visitor) {
    this.json = json;
    this.visitor = visitor;
  }

  /**
   * JSON pointers (RFC 6901) to places of a masked document: read there, what the masks took away
   * cannot come back by way of a pointer.
   *
   * @param json a valid JSON text
   * @param places offsets into it, ascending, each within a string or key or at its quote
   * @param max how many pointers at most
   */
  static List<String> of(byte[] json, int[] places, int max) {
    Set<String> pointers = new LinkedHashSet<>();
    visit(
        json,
        places,
        (first, end, path) -> {
          pointers.add(pointer(path));
          return pointers.size() < max;
        });
    return List.copyOf(pointers);
  }

  /**
   * Tells the way to every place.
   *
   * @param json a valid JSON text
   * @param places offsets into it, ascending, each within a string, number or key
   */
  static void visit(byte[] json, int[] places, Visitor visitor) {
    new Pointers(json, visitor).read(places);
  }

  private void read(int[] places) {
    JsonCursor cursor = new JsonCursor().start(json, 0, json.length);
    int next = 0;
    while (next < places.length && !isEnough) {
      int depth = cursor.depth();
      switch (cursor.next()) {
        case OBJECT -> {
          count(depth);
          open(cursor.depth(), 0);
        }
        case ARRAY -> {
          count(depth);
          open(cursor.depth(), -1);
        }
        case KEY -> {
          starts[depth] = cursor.from();
          ends[depth] = cursor.to();
          next = note(cursor, places, next, depth);
        }
        case STRING, NUMBER, LITERAL -> {
          count(depth);
          next = note(cursor, places, next, depth);
        }
        case OBJECT_END, ARRAY_END -> {}
        case END, MALFORMED -> {
          return;
        }
      }
    }
  }

  private void open(int depth, int start) {
    if (depth == starts.length) {
      starts = Arrays.copyOf(starts, depth * 2);
      ends = Arrays.copyOf(ends, depth * 2);
    }
    starts[depth] = start;
    ends[depth] = -1;
  }

  /** Counts an element, if what is open is an array. */
  private void count(int depth) {
    if (depth > 0 && starts[depth] < 0) {
      ends[depth]++;
    }
  }

  private int note(JsonCursor cursor, int[] places, int next, int depth) {
    int rest = next;
    while (rest < places.length && places[rest] <= cursor.to()) {
      rest++;
    }
    if (rest > next) {
      isEnough = !visitor.visit(next, rest, path(depth));
    }
    return rest;
  }

  private List<String> path(int depth) {
    List<String> path = new ArrayList<>(depth);
    for (int i = 1; i <= depth; i++) {
      if (starts[i] < 0) {
        path.add(String.valueOf(ends[i]));
      } else {
        Unescaped key = new Unescaped();
        key.read(json, starts[i], ends[i]);
        path.add(new String(key.utf8(), 0, key.length(), StandardCharsets.UTF_8));
      }
    }
    return path;
  }

  static String pointer(List<String> path) {
    StringBuilder pointer = new StringBuilder();
    for (String token : path) {
      pointer.append('/').append(token.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }
}
