package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Names the places of masks by JSON pointers (RFC 6901). It reads the masked document, so what the
 * masks took away cannot come back by way of a pointer. A mask in JSON inside a string is named by
 * the pointer of that string.
 *
 * <p>Used once, by one thread.
 */
final class Pointers {
  private final byte[] json;
  private int[] starts = new int[16]; // of a key, where it begins; of an array, -1
  private int[] ends = new int[16]; // of a key, where it ends; of an array, the index

  private Pointers(byte[] json) {
    this.json = json;
  }

  /**
   * @param json a valid JSON text
   * @param places offsets into it, ascending, each within a string or key or at its quote
   * @param max how many pointers at most
   */
  static List<String> of(byte[] json, int[] places, int max) {
    return new Pointers(json).read(places, max);
  }

  private List<String> read(int[] places, int max) {
    Set<String> pointers = new LinkedHashSet<>();
    JsonCursor cursor = new JsonCursor().start(json, 0, json.length);
    int next = 0;
    while (next < places.length && pointers.size() < max) {
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
          next = note(cursor, places, next, depth, pointers);
        }
        case STRING -> {
          count(depth);
          next = note(cursor, places, next, depth, pointers);
        }
        case NUMBER, LITERAL -> count(depth);
        case OBJECT_END, ARRAY_END -> {}
        case END, MALFORMED -> {
          return List.copyOf(pointers);
        }
      }
    }
    return List.copyOf(pointers);
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

  private int note(JsonCursor cursor, int[] places, int next, int depth, Set<String> pointers) {
    int rest = next;
    while (rest < places.length && places[rest] <= cursor.to()) {
      rest++;
    }
    if (rest > next) {
      pointers.add(pointer(depth));
    }
    return rest;
  }

  private String pointer(int depth) {
    StringBuilder pointer = new StringBuilder();
    for (int i = 1; i <= depth; i++) {
      pointer.append('/');
      if (starts[i] < 0) {
        pointer.append(ends[i]);
      } else {
        Unescaped key = new Unescaped();
        key.read(json, starts[i], ends[i]);
        pointer.append(
            new String(key.utf8(), 0, key.length(), StandardCharsets.UTF_8)
                .replace("~", "~0")
                .replace("/", "~1"));
      }
    }
    return pointer.toString();
  }
}
