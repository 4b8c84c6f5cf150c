package io.mcpgovernor.verify;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found in one log. Immutable.
 *
 * @param directory where it is
 * @param outcome in one word
 * @param problems what is wrong; the first is the first bad record, if there is one
 * @param warnings what one should know, though it is nothing wrong
 * @param origin the log's name, as its checkpoints say; null if it has none yet
 * @param records which were read and found right
 * @param events how many of them there are of each event
 * @param checkpoints how far they are covered
 * @param signatures whose were checked
 * @param loneAttempts calls whose outcome is unknown
 * @param supersededBytes what a failed write left in files and nobody was told is kept
 * @param tornTailBytes what stands after the last whole line
 */
public record LogReport(
    Path directory,
    Outcome outcome,
    List<Problem> problems,
    List<String> warnings,
    @Nullable String origin,
    Records records,
    Map<String, Long> events,
    Checkpoints checkpoints,
    Signatures signatures,
    LoneAttempts loneAttempts,
    long supersededBytes,
    long tornTailBytes) {

  /** How it went, the worst last. */
  public enum Outcome {
    /** Everything that was checked is right. */
    OK,
    /** It could not be read to its end, so nothing is known. */
    UNREADABLE,
    /** Something is wrong. */
    FAILED
  }

  /**
   * Something wrong.
   *
   * @param file its name in the log's directory; null if it is no record that is wrong
   * @param line in that file, from 1
   * @param offset how many bytes of the file, uncompressed, stand before that line
   * @param seq which the record there has or should have
   * @param reason what is wrong, in plain words
   */
  public record Problem(@Nullable String file, long line, long offset, long seq, String reason) {
    static Problem of(String reason) {
      return new Problem(null, 0, 0, 0, reason);
    }
  }

  /**
   * The records that were read and found right.
   *
   * @param firstSeq of the first that is left; 0 if there are none
   * @param lastSeq of the last; 0 if there are none
   * @param firstTimestamp of the first, as it says; null if there are none
   * @param lastTimestamp of the last
   * @param segments files
   * @param bytes of the records with their line breaks, uncompressed
   */
  public record Records(
      long firstSeq,
      long lastSeq,
      @Nullable String firstTimestamp,
      @Nullable String lastTimestamp,
      int segments,
      long bytes) {
    /** How many there are. */
    public long count() {
      return lastSeq == 0 ? 0 : lastSeq - firstSeq + 1;
    }
  }

  /**
   * What checkpoints say.
   *
   * @param count how many the log has
   * @param lastSize how many records the last of them covers; 0 if there is none
   * @param lastTime when it was signed, as it says; null if there is none
   * @param recordsAfter how many records no checkpoint of the log covers
   * @param outside how many checkpoints from elsewhere match
   */
  public record Checkpoints(
      long count, long lastSize, @Nullable String lastTime, long recordsAfter, int outside) {}

  /**
   * Whose signatures were checked.
   *
   * @param source where the keys come from
   * @param keys those that are trusted at the end of the log
   * @param rotations keys that came to be trusted because a trusted one signed with them
   */
  public record Signatures(KeySource source, List<VerifierKey> keys, List<Rotation> rotations) {}

  /**
   * A change of keys.
   *
   * @param seq of the checkpoint that old and new key signed
   * @param key the new one
   */
  public record Rotation(long seq, VerifierKey key) {}

  /**
   * Attempts without an outcome: the calls still run, or nobody knows how they ended.
   *
   * @param count how many
   * @param first some of them, by seq
   * @param untracked attempts that were read while too many calls were open; if not 0, the count is
   *     an estimate
   * @param outcomesAlone outcomes whose attempts are not in the log (any more)
   */
  public record LoneAttempts(
      long count, List<LoneAttempt> first, long untracked, long outcomesAlone) {}

  /**
   * An attempt without an outcome.
   *
   * @param seq of its record
   * @param callId of the call
   */
  public record LoneAttempt(long seq, String callId) {}
}
