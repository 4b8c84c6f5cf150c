package io.mcpgovernor.config.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What some files hold, by SHA-256: neither times nor sizes, which a swapped link or a quick editor
 * may leave as they were.
 *
 * @param hashes by file; {@code -} for one that is not there
 */
record Fingerprint(Map<Path, String> hashes) {
  private static final String ABSENT = "-";

  /** What the files hold now. */
  static Fingerprint of(Collection<Path> files) {
    Map<Path, String> hashes = new TreeMap<>();
    for (Path file : files) {
      hashes.put(file, hash(file));
    }
    return new Fingerprint(hashes);
  }

  /** Whether a file is there. */
  boolean has(Path file) {
    return !ABSENT.equals(hashes.getOrDefault(file, ABSENT));
  }

  /** Whether a file held the same. */
  boolean isSame(Path file, Fingerprint other) {
    return Objects.equals(hashes.get(file), other.hashes.get(file));
  }

  private static String hash(Path file) {
    if (!Files.isRegularFile(file)) {
      return ABSENT; // reading from anything else could take for ever
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Sha256.hex(in.readNBytes(YamlReader.BYTES_MAX + 1));
    } catch (IOException e) {
      return ABSENT;
    }
  }
}
