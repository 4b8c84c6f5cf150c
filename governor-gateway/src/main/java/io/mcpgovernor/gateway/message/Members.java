package io.mcpgovernor.gateway.message;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mcpgovernor.call.MalformedJsonException;
import java.util.Arrays;

/** Where the members of an object stand, in their order. */
final class Members {
  private static final int WIDTH = 4;

  private int[] places = new int[8 * WIDTH];
  private int count;

  /** Reads the key of one more. */
  void key(JsonBytes json) {
    json.key();
    int at = count * WIDTH;
    if (at == places.length) {
      places = Arrays.copyOf(places, 2 * at);
    }
    places[at] = json.isEscaped() ? ~json.from() : json.from();
    places[at + 1] = json.to();
    count++;
  }

  /** The value of the last one is what was read between these places. */
  void value(int from, int to) {
    places[count * WIDTH - 2] = from;
    places[count * WIDTH - 1] = to;
  }

  /** Forgets them. */
  void clear() {
    count = 0;
  }

  /** How many there are. */
  int count() {
    return count;
  }

  /** The key of one, as it is meant. */
  String key(byte[] text, int member) {
    int from = places[member * WIDTH];
    return JsonText.unescaped(text, from < 0 ? ~from : from, places[member * WIDTH + 1]);
  }

  /** Where the value of one begins. */
  int from(int member) {
    return places[member * WIDTH + 2];
  }

  /** Where the value of one ends. */
  int to(int member) {
    return places[member * WIDTH + 3];
  }

  /** The one of this key; -1 if there is none. */
  int find(byte[] text, String key) {
    byte[] plain = key.getBytes(US_ASCII);
    boolean ascii = key.chars().allMatch(c -> c < 0x80);
    for (int i = 0; i < count; i++) {
      int from = places[i * WIDTH];
      boolean same =
          (from < 0 || !ascii)
              ? key(text, i).equals(key)
              : Arrays.equals(text, from, places[i * WIDTH + 1], plain, 0, plain.length);
      if (same) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Reads an object.
   *
   * @throws MalformedJsonException if it is none, or has a key twice
   */
  static Members of(byte[] text, int from, int to) {
    JsonBytes json = new JsonBytes(text, from, to, JsonSlices.DEPTH_MAX, false);
    Members members = new Members();
    json.peek();
    json.open('{', 0);
    int opened = json.openKeys();
    for (boolean first = true; !json.closes('}', first); first = false) {
      members.key(json);
      json.peek();
      int start = json.at();
      json.value(1);
      members.value(start, json.at());
    }
    json.closeKeys(opened);
    json.finish();
    if (json.defect() != null) {
      throw new MalformedJsonException("has the same key twice, or half of a character in a key");
    }
    return members;
  }
}
