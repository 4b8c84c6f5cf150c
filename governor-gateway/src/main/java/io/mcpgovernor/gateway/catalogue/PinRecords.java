package io.mcpgovernor.gateway.catalogue;

import io.mcpgovernor.Governor;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts what happens to pins on record, several tools in one record. Thread-safe. */
final class PinRecords {
  /** So many names and pins stay below what a record keeps of its arguments. */
  private static final int TOOLS_MAX = 50;

  private final Governor governor;

  PinRecords(Governor governor) {
    this.governor = governor;
  }

  /**
   * Puts all of an update on record.
   *
   * @throws IllegalStateException if that cannot be done
   */
  void put(PinUpdate update) {
    put("tool.pin", update.server(), update.pinned(), "");
    put("tool.quarantine", update.server(), update.quarantined(), "");
    put("tool.restore", update.server(), update.restored(), "");
    update.approved().forEach((by, pins) -> approved(update.server(), pins, by));
  }

  /**
   * Puts an approval on record.
   *
   * @param pins by tool
   * @throws IllegalStateException if that cannot be done
   */
  void approved(String server, Map<String, String> pins, String by) {
    put("tool.approve", server, pins, by);
  }

  private void put(String action, String server, Map<String, String> pins, String by) {
    Map<String, String> some = new LinkedHashMap<>();
    for (Map.Entry<String, String> tool : pins.entrySet()) {
      some.put(tool.getKey(), tool.getValue());
      if (some.size() == TOOLS_MAX) {
        record(action, server, some, by);
        some.clear();
      }
    }
    if (!some.isEmpty()) {
      record(action, server, some, by);
    }
  }

  private void record(String action, String server, Map<String, String> pins, String by) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("server", server);
    details.put("tools", Map.copyOf(pins));
    if (!by.isEmpty()) {
      details.put("by", by);
    }
    governor.recordAdmin(action, details);
  }
}
