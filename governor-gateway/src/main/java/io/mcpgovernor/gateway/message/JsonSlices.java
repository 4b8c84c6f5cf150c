package io.mcpgovernor.gateway.message;

import io.mcpgovernor.call.Json;
import java.util.List;
import java.util.Map;

/**
 * Takes JSON apart and puts it together without changing a byte of what is not meant. Values may be
 * up to 256 levels deep.
 */
public final class JsonSlices {
  private JsonSlices() {}

  /**
   * The members of an object, each as it stands there, in their order.
   *
   * @throws io.mcpgovernor.call.MalformedJsonException if it is no object or has a key twice
   */
  public static Map<String, Json> members(Json object) {
    return Unwritten.yet();
  }

  /**
   * The items of an array, each as it stands there.
   *
   * @throws io.mcpgovernor.call.MalformedJsonException if it is no array
   */
  public static List<Json> items(Json array) {
    return Unwritten.yet();
  }

  /** An array of these items, each as it is. */
  public static Json array(List<Json> items) {
    return Unwritten.yet();
  }

  /** An object with one member replaced, or added at its end; every other byte stays. */
  public static Json with(Json object, String name, Json value) {
    return Unwritten.yet();
  }
}
