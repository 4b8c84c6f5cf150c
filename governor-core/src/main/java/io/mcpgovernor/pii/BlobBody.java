package io.mcpgovernor.pii;

import java.util.Arrays;
import java.util.Base64;

/**
 * The content of a field that is base64 as a whole (RFC 4648, both alphabets; in lines, as MIME has
 * it), and the way to write other content like it.
 *
 * <p>Characters that are no base64 are passed over, as most clients do: what they can read has to
 * be seen.
 */
final class BlobBody {
  private final byte[] decoded;
  private final boolean isSound;
  private final boolean isUrl;
  private final boolean isPadded;
  private final int lineLength;
  private final byte[] lineEnd;

  private BlobBody(
      byte[] decoded,
      boolean isSound,
      boolean isUrl,
      boolean isPadded,
      int lineLength,
      byte[] lineEnd) {
    this.decoded = decoded;
    this.isSound = isSound;
    this.isUrl = isUrl;
    this.isPadded = isPadded;
    this.lineLength = lineLength;
    this.lineEnd = lineEnd;
  }

  static BlobBody of(byte[] text, int from, int to) {
    byte[] signs = new byte[to - from];
    int count = 0;
    boolean isSound = true;
    boolean isUrl = false;
    boolean isPadded = false;
    int lineLength = 0;
    byte[] lineEnd = {};
    for (int i = from; i < to; i++) {
      byte c = text[i];
      if (EncodedWords.isSign(c)) {
        isSound &= !isPadded; // nothing stands behind padding
        isUrl |= c == '-' || c == '_';
        signs[count++] = c == '-' ? (byte) '+' : c == '_' ? (byte) '/' : c;
      } else if (c == '=') {
        isPadded = true;
      } else if (c == '\n' || c == '\r') {
        if (lineLength == 0) {
          lineLength = Math.max(count, 4);
          boolean isPair = c == '\r' && i + 1 < to && text[i + 1] == '\n';
          lineEnd = isPair ? new byte[] {'\r', '\n'} : new byte[] {c};
        }
      } else if (c != ' ' && c != '\t') {
        isSound = false;
      }
    }
    if (count % 4 == 1) {
      isSound = false;
      count--;
    }
    byte[] decoded = Base64.getDecoder().decode(Arrays.copyOf(signs, count));
    return new BlobBody(decoded, isSound, isUrl, isPadded || count % 4 == 0, lineLength, lineEnd);
  }

  byte[] decoded() {
    return decoded;
  }

  /** Whether every reader of base64 reads it, so that it is no text by chance. */
  boolean isSound() {
    return isSound;
  }

  /** Other content in the same alphabet, lines and padding. */
  byte[] encode(byte[] content) {
    Base64.Encoder encoder =
        isUrl
            ? Base64.getUrlEncoder()
            : lineLength > 0 ? Base64.getMimeEncoder(lineLength, lineEnd) : Base64.getEncoder();
    return (isPadded ? encoder : encoder.withoutPadding()).encode(content);
  }
}
