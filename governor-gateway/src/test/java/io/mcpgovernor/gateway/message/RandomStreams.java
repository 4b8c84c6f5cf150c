package io.mcpgovernor.gateway.message;

import java.util.List;
import java.util.Random;

/** Streams of all that may stand in one, in any order. */
final class RandomStreams {
  private static final List<String> PIECES =
      List.of(
          "data",
          "id",
          "event",
          "retry",
          "daté",
          "x",
          ":",
          ":",
          ":",
          " ",
          "\0",
          "\t",
          "7",
          "x\ufeff",
          "{\"a\":1}",
          "data: ",
          "data:",
          "id: ",
          "event: ",
          "data: {}",
          ": ping",
          "é€😀");

  private static final List<String> ENDS = List.of("\n", "\r", "\r\n", "\n\n", "\r\r", "\r\n\r\n");

  private RandomStreams() {}

  static String next(Random random) {
    StringBuilder stream = new StringBuilder(random.nextInt(5) == 0 ? "\ufeff" : "");
    String end = ENDS.get(random.nextInt(ENDS.size()));
    for (int lines = random.nextInt(30); lines > 0; lines--) {
      for (int pieces = random.nextInt(5); pieces > 0; pieces--) {
        stream.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      stream.append(random.nextInt(4) == 0 ? ENDS.get(random.nextInt(ENDS.size())) : end);
    }
    return stream.toString();
  }
}
