package io.mcpgovernor.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a log says of itself at one size, signed (C2SP tlog-checkpoint over an RFC 6962 tree).
 * Whoever holds one can later tell whether the log still has the same first records. Immutable.
 */
public final class Checkpoint {
  private static final Pattern TEXT =
      Pattern.compile("([^\\n]+)\\n(0|[1-9]\\d{0,17})\\n([A-Za-z0-9+/]{43}=)\\n((?:[^\\n]+\\n)*)");
  private static final Pattern TIME = Pattern.compile("(?:^|\\n)time ([0-9TZ:.-]{1,40})\\n");
  // The first is followed by an empty line and at least one signature.
  private static final Pattern NOTES = Pattern.compile("(?<=\\n)(?=[^\\n]+\\n\\d+\\n[^\\n]+\\n)");

  private final SignedNote note;
  private final String origin;
  private final long size;
  private final byte[] root;
  private final @Nullable String time;

  private Checkpoint(
      SignedNote note, String origin, long size, byte[] root, @Nullable String time) {
    this.note = note;
    this.origin = origin;
    this.size = size;
    this.root = root;
    this.time = time;
  }

  /** The name of the log. */
  public String origin() {
    return origin;
  }

  /** How many records it covers, from the first. */
  public long size() {
    return size;
  }

  /** When it was signed, UTC, as it says itself; null if it does not. */
  public @Nullable String time() {
    return time;
  }

  /** The root of the tree over those records, 32 bytes. */
  public byte[] root() {
    return root.clone();
  }

  SignedNote note() {
    return note;
  }

  static Checkpoint parse(String text) throws BadRecordException {
    SignedNote note = SignedNote.of(text);
    Matcher lines = TEXT.matcher(note.text());
    if (!lines.matches()) {
      throw new BadRecordException("the note is no checkpoint: origin, size and root are missing");
    }
    Matcher time = TIME.matcher(lines.group(4));
    return new Checkpoint(
        note,
        lines.group(1),
        Long.parseLong(lines.group(2)),
        Base64.getDecoder().decode(lines.group(3)),
        time.find() ? time.group(1) : null);
  }

  /**
   * The checkpoints of a text with one or more signed notes, one after the other.
   *
   * @throws IllegalArgumentException if something in it is no checkpoint; the message says what
   */
  public static List<Checkpoint> all(byte[] utf8) {
    String text = new String(utf8, StandardCharsets.UTF_8).replace("\r\n", "\n");
    if (!text.endsWith("\n")) {
      text += "\n";
    }
    List<Checkpoint> checkpoints = new ArrayList<>();
    try {
      for (String note : NOTES.split(text, -1)) {
        checkpoints.add(parse(note.strip() + "\n"));
      }
    } catch (BadRecordException e) {
      throw new IllegalArgumentException(e.reason(), e);
    }
    return checkpoints;
  }

  /** Its origin and size. */
  @Override
  public String toString() {
    return "checkpoint of " + origin + " at " + size;
  }
}
