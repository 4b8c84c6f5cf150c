package io.mcpgovernor.verify;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A field of a record that verification looks at. */
final class RecordField {
  static final RecordField TIMESTAMP = new RecordField(0, "timestamp");
  static final RecordField TOOL_NAME = new RecordField(1, "tool_name");
  static final RecordField ARGUMENTS = new RecordField(2, "arguments");
  static final RecordField EVENT = new RecordField(3, "event");
  static final RecordField CALL_ID = new RecordField(4, "call_id");
  static final RecordField CHECKPOINT = new RecordField(5, "checkpoint");
  static final RecordField SEQ = new RecordField(6, "seq");
  static final RecordField PREV = new RecordField(7, "prev");
  static final RecordField HASH = new RecordField(8, "hash");

  /** All of them, by number. */
  static final List<RecordField> ALL =
      List.of(TIMESTAMP, TOOL_NAME, ARGUMENTS, EVENT, CALL_ID, CHECKPOINT, SEQ, PREV, HASH);

  private static final RecordField[] FIELDS = ALL.toArray(new RecordField[0]);

  private final int number;
  private final byte[] utf8;

  private RecordField(int number, String name) {
    this.number = number;
    this.utf8 = name.getBytes(StandardCharsets.UTF_8);
  }

  /** Its place in {@link #ALL}. */
  int number() {
    return number;
  }

  boolean isAt(byte[] bytes, int from, int to) {
    return to - from == utf8.length && Arrays.equals(utf8, 0, utf8.length, bytes, from, to);
  }

  /** The number of the field with the name that stands there; -1 if it is another one. */
  static int number(byte[] bytes, int from, int to) {
    for (RecordField field : FIELDS) {
      if (field.isAt(bytes, from, to)) {
        return field.number;
      }
    }
    return -1;
  }
}
