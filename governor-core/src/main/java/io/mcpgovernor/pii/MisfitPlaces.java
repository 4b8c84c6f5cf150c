package io.mcpgovernor.pii;

import io.mcpgovernor.call.Misfit;
import io.mcpgovernor.pii.JsonCursor.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tokens of a value that misfits speak of: their paths are laid out as a tree, and the
 * value is read once alongside it. So it takes time linear in both, however long the names and
 * however many the misfits.
 *
 * <p>Used once, by one thread.
 */
final class MisfitPlaces {
  private final Node root = new Node();
  private final Map<Integer, Place> places = new HashMap<>();

  /** A place on the way to misfits. */
  private static final class Node {
    final Map<String, Node> children = new HashMap<>();
    final List<Misfit> ofValue = new ArrayList<>();
    final List<Misfit> ofKeys = new ArrayList<>();
  }

  /**
   * What is wrong with one token.
   *
   * @param misfits those of its own place; for a key, those about keys of its object
   * @param isUnder whether something is wrong with an object or array around it
   * @param name the key as it stands, or empty
   */
  record Place(List<Misfit> misfits, boolean isUnder, String name) {}

  private MisfitPlaces(List<Misfit> misfits) {
    for (Misfit misfit : misfits) {
      Node node = root;
      for (String name : misfit.path()) {
        node = node.children.computeIfAbsent(name, any -> new Node());
      }
      (misfit.ofKeys() ? node.ofKeys : node.ofValue).add(misfit);
    }
  }

  /** The tokens that something is wrong with, by their number in the value, counted from 0. */
  static Map<Integer, Place> in(byte[] json, List<Misfit> misfits) {
    MisfitPlaces reading = new MisfitPlaces(misfits);
    reading.read(json);
    return reading.places;
  }

  private void read(byte[] json) {
    JsonCursor cursor = new JsonCursor().start(json, 0, json.length);
    @Nullable Node[] open = new Node[16];
    @Nullable Node[] values = new Node[16]; // of the key that was read last
    int[] indexes = new int[16]; // of arrays; of objects, -1
    boolean[] under = new boolean[16];
    values[0] = root;
    indexes[0] = -1;
    int number = 0;
    while (true) {
      int depth = cursor.depth();
      Token token = cursor.next();
      if (token == Token.END || token == Token.MALFORMED) {
        return;
      }
      if (depth + 2 > open.length) {
        open = Arrays.copyOf(open, depth * 2 + 2);
        values = Arrays.copyOf(values, depth * 2 + 2);
        indexes = Arrays.copyOf(indexes, depth * 2 + 2);
        under = Arrays.copyOf(under, depth * 2 + 2);
      }
      if (token == Token.KEY) {
        Node object = open[depth];
        values[depth] = null;
        if (object != null) {
          String name = name(json, cursor);
          values[depth] = object.children.get(name);
          note(number, object.ofKeys, false, name);
        }
      } else if (token != Token.OBJECT_END && token != Token.ARRAY_END) {
        Node node = values[depth];
        if (indexes[depth] >= 0) {
          Node array = open[depth];
          node = array == null ? null : array.children.get(String.valueOf(indexes[depth]));
          indexes[depth]++;
        }
        if (token == Token.OBJECT || token == Token.ARRAY) {
          open[depth + 1] = node;
          values[depth + 1] = null;
          indexes[depth + 1] = token == Token.ARRAY ? 0 : -1;
          under[depth + 1] = under[depth] || (node != null && !node.ofValue.isEmpty());
        } else {
          note(number, node == null ? List.of() : node.ofValue, under[depth], "");
        }
      }
      number++;
    }
  }

  private void note(int number, List<Misfit> misfits, boolean isUnder, String name) {
    if (!misfits.isEmpty() || isUnder) {
      places.put(number, new Place(misfits, isUnder, name));
    }
  }

  private static String name(byte[] json, JsonCursor cursor) {
    Unescaped key = new Unescaped();
    key.read(json, cursor.from(), cursor.to());
    return new String(key.utf8(), 0, key.length(), StandardCharsets.UTF_8);
  }
}
