package io.mcpgovernor.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;

/**
 * The text that says how long a log is and what its tree's root is, with signatures under it.
 *
 * @see <a href="https://c2sp.org/tlog-checkpoint">C2SP tlog-checkpoint</a>
 */
final class CheckpointNote {
  private CheckpointNote() {}

  /**
   * Writes and signs one.
   *
   * @param keys who signs, at least one
   */
  static String sign(String origin, long size, byte[] root, Instant at, List<CheckpointKey> keys) {
    String text =
        origin
            + "\n"
            + size
            + "\n"
            + Base64.getEncoder().encodeToString(root)
            + "\ntime "
            + at.truncatedTo(ChronoUnit.MICROS)
            + "\n";
    StringBuilder note = new StringBuilder(text).append('\n');
    keys.forEach(key -> note.append(key.signatureLine(text)));
    return note.toString();
  }

  /** Whether a note, whoever signed it, is about this log, this length and this root. */
  static boolean says(String note, String origin, long size, byte[] root) {
    return note.startsWith(
        origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n");
  }
}
