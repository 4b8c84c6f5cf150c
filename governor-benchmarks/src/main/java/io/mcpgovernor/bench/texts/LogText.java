package io.mcpgovernor.bench.texts;

/** Lines of web servers and applications. */
final class LogText {
  private LogText() {}

  static SpeedText make(long seed, int bytes) {
    TextDraft draft = new TextDraft(seed);
    while (draft.size() < bytes) {
      if (draft.oneIn(2)) {
        access(draft);
      } else {
        application(draft);
      }
    }
    return draft.done("log", false);
  }

  private static void access(TextDraft draft) {
    draft.add("10." + draft.below(256) + "." + draft.below(256) + "." + draft.below(256));
    draft.add(" - - [1" + draft.below(10) + "/Mar/2024:10:" + draft.between(10, 59) + ":");
    draft.add(draft.between(10, 59) + " +0000] \"GET /api/v2/orders/");
    draft.add(draft.between(100_000, 999_999) + " HTTP/1.1\" 200 " + draft.below(90_000));
    draft.add(" \"-\" \"Mozilla/5.0 (X11; Linux x86_64) Chrome/12" + draft.below(10));
    draft.add(".0.0.0 Safari/537.36\" rt=0." + TextDraft.padded(draft.below(1_000), 3) + "\n");
  }

  private static void application(TextDraft draft) {
    draft.add("2024-03-1" + draft.below(10) + "T10:" + draft.between(10, 59) + ":");
    draft.add(draft.between(10, 59) + "." + draft.between(100, 999) + "Z ");
    draft.add(draft.word("INFO ", "DEBUG", "WARN ") + " [worker-" + draft.between(1, 32) + "] ");
    draft.add(draft.word("c.a.orders.OrderStore", "c.a.mail.Outbox", "c.a.crm.Sync") + " - ");
    if (draft.oneIn(4)) {
      draft.add("customer updated contact=").addPii(draft.oneIn(2) ? 0 : draft.between(1, 3));
    } else {
      draft.add(draft.word("batch stored, rows=", "cache missed, took_us=", "queue length "));
      draft.add("" + draft.below(100_000));
    }
    draft.add(" trace=" + draft.hex(32) + " span=" + draft.hex(16) + "\n");
  }
}
