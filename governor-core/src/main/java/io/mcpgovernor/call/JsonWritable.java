package io.mcpgovernor.call;

/**
 * What writes itself as one JSON value, wherever that is needed, without bytes of its own.
 * Immutable: it may be written later, by any thread, more than once, and is the same each time.
 */
@FunctionalInterface
public interface JsonWritable {
  /**
   * Writes the value.
   *
   * @param json where exactly one value is written to
   * @throws MalformedJsonException if it holds something that JSON cannot express
   */
  void writeTo(JsonWriter json);
}
