package io.mcpgovernor.cli.differential;

/** What came of the same call through each door. */
record Pair(GeneratedCall call, Seen library, Seen gateway) {
  /** Whether nothing differs, neither of the bytes of the answer nor of any field on record. */
  boolean isSame() {
    return library.equals(gateway);
  }

  /** Whether all values are the same, however numbers are written. */
  boolean isSameByValue() {
    return library.kind().equals(gateway.kind())
        && (library.bytes().equals(gateway.bytes())
            || ByValue.of(library.body()).equals(ByValue.of(gateway.body())))
        && ByValue.of(library.records()).equals(ByValue.of(gateway.records()));
  }

  /** Whether both say alike that the call was allowed and is about to run. */
  boolean isAttemptSame() {
    return !library.records().isEmpty()
        && !gateway.records().isEmpty()
        && ByValue.of(library.records().get(0)).equals(ByValue.of(gateway.records().get(0)))
        && "attempt".equals(library.records().get(0).get("event"));
  }

  /** For whoever has to find out why. */
  @Override
  public String toString() {
    return "%s%n  library %s %s%n  gateway %s %s%n  library's records %s%n  gateway's records %s"
        .formatted(
            cut(call.message()),
            library.kind(),
            cut(library.bytes()),
            gateway.kind(),
            cut(gateway.bytes()),
            cut(JsonText.of(library.records())),
            cut(JsonText.of(gateway.records())));
  }

  private static String cut(String text) {
    int charsMax = 4_000;
    return text.length() > charsMax ? text.substring(0, charsMax) + " ..." : text;
  }
}
