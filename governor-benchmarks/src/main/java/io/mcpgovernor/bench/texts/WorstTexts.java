package io.mcpgovernor.bench.texts;

/** Texts in which nearly every byte invites a closer look. */
final class WorstTexts {
  private static final String BASE64_URL =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private WorstTexts() {}

  /** One word from end to end, of an alphabet of addresses and keys. */
  static SpeedText base64Url(long seed, int bytes) {
    TextDraft draft = new TextDraft(seed);
    return draft.add(draft.from(BASE64_URL, bytes)).done("base64url", false);
  }

  /** Hex digits from end to end. */
  static SpeedText hex(long seed, int bytes) {
    TextDraft draft = new TextDraft(seed);
    return draft.add(draft.hex(bytes)).done("hex", false);
  }

  /** Nearly addresses: at signs, dots and letters, close together. */
  static SpeedText atStorm(long seed, int bytes) {
    TextDraft draft = new TextDraft(seed);
    return draft.add(draft.from("@@@a.b@-", bytes)).done("@ storm", false);
  }

  /** Digits with separators anywhere: every place may begin a number. */
  static SpeedText digitStorm(long seed, int bytes) {
    TextDraft draft = new TextDraft(seed);
    return draft
        .add(draft.from("0123456789012345678901234567890123456789-- .()+/", bytes))
        .done("digit storm", false);
  }
}
