package io.mcpgovernor.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A text with signatures (C2SP signed-note).
 *
 * @param text what is signed, with its last line break
 * @param signatures of whoever signed it
 * @param whole all of it as it was
 */
record SignedNote(String text, List<Signature> signatures, String whole) {
  // As many as a note with some witnesses has; each costs a millisecond at most.
  private static final int SIGNATURES_MAX = 64;
  private static final int KEY_ID_BYTES = 4;
  private static final String SIGNATURE = "\u2014 ";

  /** One signature line. */
  static final class Signature {
    private final String name;
    private final String keyId;
    private final byte[] bytes;

    private Signature(String name, String keyId, byte[] bytes) {
      this.name = name;
      this.keyId = keyId;
      this.bytes = bytes;
    }

    private static Signature of(String line) throws BadRecordException {
      int space = line.lastIndexOf(' ');
      if (!line.startsWith(SIGNATURE) || space <= SIGNATURE.length()) {
        throw new BadRecordException("the note has a line that is no signature");
      }
      byte[] bytes;
      try {
        bytes = Base64.getDecoder().decode(line.substring(space + 1));
      } catch (IllegalArgumentException e) {
        throw new BadRecordException("the note has a signature that is not base64");
      }
      if (bytes.length <= KEY_ID_BYTES) {
        throw new BadRecordException("the note has a signature that is too short");
      }
      return new Signature(
          line.substring(SIGNATURE.length(), space),
          Hex.text(Arrays.copyOf(bytes, KEY_ID_BYTES)),
          Arrays.copyOfRange(bytes, KEY_ID_BYTES, bytes.length));
    }

    /** Of the key. */
    String name() {
      return name;
    }

    /** First 4 bytes of the key's hash, as 8 hex digits. */
    String keyId() {
      return keyId;
    }

    /** The signature itself. */
    byte[] bytes() {
      return bytes;
    }
  }

  static SignedNote of(String note) throws BadRecordException {
    int blank = note.lastIndexOf("\n\n");
    if (blank < 0 || !note.endsWith("\n")) {
      throw new BadRecordException("the note has no signatures after an empty line");
    }
    List<Signature> signatures = new ArrayList<>();
    for (String line : note.substring(blank + 2, note.length() - 1).split("\n", -1)) {
      if (signatures.size() == SIGNATURES_MAX) {
        throw new BadRecordException("the note has more than " + SIGNATURES_MAX + " signatures");
      }
      signatures.add(Signature.of(line));
    }
    return new SignedNote(note.substring(0, blank + 1), List.copyOf(signatures), note);
  }

  byte[] signed() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
