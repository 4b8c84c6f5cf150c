package io.mcpgovernor.bench.texts;

/** An array of records as customer systems answer them. */
final class RecordsText {
  private RecordsText() {}

  static SpeedText make(long seed, int bytes) {
    TextDraft draft = new TextDraft(seed);
    draft.add("[");
    for (int i = 0; draft.size() < bytes; i++) {
      draft.add(i == 0 ? "\n" : ",\n");
      record(draft, i);
    }
    return draft.add("\n]\n").done("json", true);
  }

  private static void record(TextDraft draft, int number) {
    String uuid = draft.hex(8) + "-" + draft.hex(4) + "-4" + draft.hex(3) + "-a" + draft.hex(3);
    draft.add("{\"id\":\"" + uuid + "-" + draft.hex(12) + "\",\"type\":\"account\",\"revision\":");
    draft.add(draft.below(400) + ",\"created_at\":\"2024-0" + draft.between(1, 9) + "-1");
    draft.add(draft.below(10) + "T09:1" + draft.below(10) + ":22.418Z\",\"updated_ms\":17");
    draft.add(TextDraft.padded(draft.below(1_000_000_000), 11) + ",\"segment\":\"");
    draft.add(draft.word("enterprise", "mid-market", "retail") + "\",\"owner_team\":\"");
    draft.add(draft.word("north", "south", "key accounts") + "\",\"is_active\":true,\"tags\":[\"");
    draft.add(draft.word("newsletter", "trial", "référence") + "\",\"" + draft.word("b2b", "b2c"));
    draft.add("\"],\"balance\":" + draft.below(100_000) + "." + draft.between(10, 99));
    draft.add(",\"score\":0." + draft.between(100_000, 999_999) + ",\"orders\":[");
    int orders = draft.between(4, 8);
    for (int i = 0; i < orders; i++) {
      draft.add(i == 0 ? "" : ",").add("{\"order\":\"SO-" + draft.between(100_000, 999_999));
      draft.add("\",\"article\":\"" + draft.word("garden chair, oak", "desk lamp", "shelf, white"));
      draft.add("\",\"pieces\":" + draft.between(1, 9) + ",\"state\":\"");
      draft.add(draft.word("delivered", "in transit", "returned") + "\"}");
    }
    draft.add("]");
    // Most records of a real answer carry one contact, few carry more.
    if (number % 3 == 0) {
      draft.add(",\"email\":\"").addPii(0).add("\"");
    }
    if (number % 6 == 1) {
      draft.add(",\"phone\":\"").addPii(1).add("\"");
    }
    if (number % 12 == 2) {
      draft.add(",\"ssn\":\"").addPii(2).add("\"");
    }
    if (number % 12 == 8) {
      draft.add(",\"card_number\":\"").addPii(3).add("\"");
    }
    draft.add(",\"comment\":\"" + draft.word("asked for a later delivery", "no open questions"));
    draft.add("\"}");
  }
}
