package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The first bytes of files: what they are, whatever they are said to be. */
final class MediaSignature {
  private static final byte[][] MEDIA = {
    of("\u0089PNG"),
    of("\u00ff\u00d8\u00ff"),
    of("GIF8"),
    of("RIFF"), // WebP and WAV
    of("BM"),
    of("II*\0"),
    of("MM\0*"),
    of("OggS"),
    of("fLaC"),
    of("ID3"),
    of("\u00ff\u00fb"),
    of("\0\0\1\0")
  };

  /** What may hold text for those who unpack it. */
  private static final byte[][] CONTAINERS = {
    of("%PDF"), of("PK\3\4"), of("\u001f\u008b"), of("7z\u00bc\u00af"), of("Rar!"), of("BZh")
  };

  private MediaSignature() {}

  /** Whether it is a picture or a sound. */
  static boolean isMedia(byte[] bytes) {
    return isOneOf(MEDIA, bytes);
  }

  /** Whether it is an archive or a document. */
  static boolean isContainer(byte[] bytes) {
    return isOneOf(CONTAINERS, bytes);
  }

  private static boolean isOneOf(byte[][] signatures, byte[] bytes) {
    for (byte[] signature : signatures) {
      if (bytes.length >= signature.length
          && Arrays.equals(bytes, 0, signature.length, signature, 0, signature.length)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] of(String bytes) {
    return bytes.getBytes(StandardCharsets.ISO_8859_1);
  }
}
