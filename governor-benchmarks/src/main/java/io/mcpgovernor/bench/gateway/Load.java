package io.mcpgovernor.bench.gateway;

/**
 * What is asked of a target at once.
 *
 * @param clients how many call
 * @param bytes how long the text of each result is
 */
record Load(int clients, int bytes) {
  private static final int KIB = 1_024;

  /** As it stands in the report: {@code 64 KiB, 8 clients}. */
  String text() {
    return size(bytes) + ", " + clients + (clients == 1 ? " client" : " clients");
  }

  static String size(int bytes) {
    if (bytes % (KIB * KIB) == 0) {
      return bytes / KIB / KIB + " MiB";
    }
    return bytes % KIB == 0 ? bytes / KIB + " KiB" : bytes + " B";
  }
}
