package io.mcpgovernor.gateway.message;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes JSON apart and puts it together without changing a byte of what is not meant. Values may be
 * up to 256 levels deep.
 */
public final class JsonSlices {
  /** What holds values of the full depth is one level deeper. */
  static final int DEPTH_MAX = Json.DEPTH_MAX + 1;

  private JsonSlices() {}

  /**
   * The members of an object, each as it stands there, in their order.
   *
   * @throws io.mcpgovernor.call.MalformedJsonException if it is no object or has a key twice
   */
  public static Map<String, Json> members(Json object) {
    byte[] text = object.utf8();
    Members members = Members.of(text, 0, text.length);
    Map<String, Json> slices = LinkedHashMap.newLinkedHashMap(members.count());
    for (int i = 0; i < members.count(); i++) {
      slices.put(members.key(text, i), slice(text, members.from(i), members.to(i)));
    }
    return Collections.unmodifiableMap(slices);
  }

  /**
   * The items of an array, each as it stands there.
   *
   * @throws io.mcpgovernor.call.MalformedJsonException if it is no array
   */
  public static List<Json> items(Json array) {
    byte[] text = array.utf8();
    JsonBytes json = new JsonBytes(text, 0, text.length, DEPTH_MAX, false);
    List<Json> items = new ArrayList<>();
    json.open('[', 0);
    for (boolean first = true; !json.closes(']', first); first = false) {
      json.peek();
      int from = json.at();
      json.value(1);
      items.add(slice(text, from, json.at()));
    }
    json.finish();
    return Collections.unmodifiableList(items);
  }

  /** An array of these items, each as it is. */
  public static Json array(List<Json> items) {
    return Json.utf8(
        JsonWriter.bytes(
            json -> {
              json.beginArray();
              items.forEach(json::value);
              json.endArray();
            }));
  }

  /**
   * An object with one member replaced, or added at its end; every other byte stays.
   *
   * @throws io.mcpgovernor.call.MalformedJsonException if it is no object or has a key twice
   */
  public static Json with(Json object, String name, Json value) {
    byte[] text = object.utf8();
    Members members = Members.of(text, 0, text.length);
    return Json.utf8(with(text, 0, text.length, members, name, value));
  }

  /** The bytes {@code from} to {@code to} hold an object and perhaps white space. */
  static byte[] with(byte[] text, int from, int to, Members members, String name, Json value) {
    int member = members.find(text, name);
    if (member >= 0) {
      int start = members.from(member);
      return spliced(text, from, start, value.utf8(), members.to(member), to);
    }
    int close = to - 1;
    while (text[close] != '}') {
      close--;
    }
    return spliced(text, from, close, added(members.count() > 0, name, value), close, to);
  }

  /** A member to be put before the end of an object. */
  static byte[] added(boolean afterOthers, String name, Json value) {
    byte[] object = JsonWriter.bytes(json -> json.beginObject().field(name, value).endObject());
    byte[] member = Arrays.copyOfRange(object, afterOthers ? 0 : 1, object.length - 1);
    if (afterOthers) {
      member[0] = ',';
    }
    return member;
  }

  /** Bytes of a text, others, and bytes of the text again. */
  static byte[] spliced(byte[] text, int from, int cut, byte[] others, int resume, int to) {
    byte[] spliced = new byte[cut - from + others.length + (to - resume)];
    System.arraycopy(text, from, spliced, 0, cut - from);
    System.arraycopy(others, 0, spliced, cut - from, others.length);
    System.arraycopy(text, resume, spliced, cut - from + others.length, to - resume);
    return spliced;
  }

  /** A value that stands there, copied. */
  static Json slice(byte[] text, int from, int to) {
    return Json.utf8(Arrays.copyOfRange(text, from, to));
  }
}
