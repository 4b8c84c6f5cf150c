package io.mcpgovernor.verify;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many records of each event there are. Not thread-safe. */
final class EventCounts {
  private static final Event[] EVENTS = {
    Event.ATTEMPT,
    Event.OUTCOME,
    Event.DENIED,
    Event.ADMIN,
    Event.RECOVERED,
    Event.CHECKPOINT,
    Event.OTHER
  };

  private final long[] counts = new long[EVENTS.length];

  /** What a record is about. */
  static final class Event {
    static final Event ATTEMPT = new Event(0, "attempt");
    static final Event OUTCOME = new Event(1, "outcome");
    static final Event DENIED = new Event(2, "denied");
    static final Event ADMIN = new Event(3, "admin");
    static final Event RECOVERED = new Event(4, "recovered");
    static final Event CHECKPOINT = new Event(5, "checkpoint");

    /** One that this version does not know. */
    static final Event OTHER = new Event(6, "other");

    private final int number;
    private final String text;
    private final byte[] utf8;

    private Event(int number, String text) {
      this.number = number;
      this.text = text;
      this.utf8 = text.getBytes(StandardCharsets.UTF_8);
    }

    static Event of(RecordScanner record) throws BadRecordException {
      for (Event event : EVENTS) {
        if (record.is(RecordField.EVENT, event.utf8)) {
          return event;
        }
      }
      if (!record.isString(RecordField.EVENT)) {
        throw new BadRecordException("the record has no event");
      }
      return OTHER;
    }
  }

  void count(Event event) {
    counts[event.number]++;
  }

  /** By name, without those that there are none of. */
  Map<String, Long> all() {
    Map<String, Long> all = new LinkedHashMap<>();
    for (Event event : EVENTS) {
      if (counts[event.number] > 0) {
        all.put(event.text, counts[event.number]);
      }
    }
    return Collections.unmodifiableMap(all);
  }
}
