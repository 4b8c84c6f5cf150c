package io.mcpgovernor.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Public keys and checkpoints from files. */
final class KeyFiles {
  private static final int FILE_BYTES_MAX = 16 << 20;
  private static final int KEYS_MAX = 1_000;

  private KeyFiles() {}

  /**
   * The keys of a file, of all {@code .pub} files of a directory, or the key that the text itself
   * is.
   *
   * @throws IllegalArgumentException if something is no key
   */
  static List<VerifierKey> given(String text) throws IOException {
    Path file = null;
    try {
      file = Path.of(text);
    } catch (InvalidPathException e) {
      // a key then
    }
    if (file != null && Files.isDirectory(file)) {
      return directory(file);
    }
    if (file != null && Files.exists(file)) {
      return lines(file);
    }
    if (text.indexOf('+') < 0) {
      throw new UnreadableLogException("there is no file " + text + ", nor is that a verifier key");
    }
    return List.of(key(text, "the key"));
  }

  /** The public keys in the directory beside a log's own; none if there is no such directory. */
  static List<VerifierKey> beside(Path log) throws IOException {
    Path absolute = log.toAbsolutePath().normalize();
    Path keys = absolute.resolveSibling(absolute.getFileName() + ".keys");
    if (!Files.isDirectory(keys)) {
      return List.of();
    }
    try {
      return directory(keys);
    } catch (IllegalArgumentException e) {
      throw new UnreadableLogException(e.getMessage() + "; give the keys with --key");
    }
  }

  private static List<VerifierKey> directory(Path directory) throws IOException {
    List<VerifierKey> keys = new ArrayList<>();
    TreeSet<Path> files = new TreeSet<>();
    try (DirectoryStream<Path> pubs = Files.newDirectoryStream(directory, "*.pub")) {
      for (Path pub : pubs) {
        files.add(pub);
      }
    }
    for (Path file : files) {
      if (Files.isRegularFile(file)) {
        keys.addAll(lines(file));
      }
      if (keys.size() > KEYS_MAX) {
        throw new UnreadableLogException(directory + " has more than " + KEYS_MAX + " public keys");
      }
    }
    return keys;
  }

  private static List<VerifierKey> lines(Path file) throws IOException {
    List<VerifierKey> keys = new ArrayList<>();
    for (String line : new String(bytes(file), StandardCharsets.UTF_8).split("\\R", -1)) {
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        keys.add(key(text, file.toString()));
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(file + " holds no key");
    }
    return keys;
  }

  private static VerifierKey key(String text, String where) {
    try {
      return VerifierKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + " " + e.getMessage(), e);
    }
  }

  /** The checkpoints of a file. */
  static List<Checkpoint> checkpoints(Path file) throws IOException {
    try {
      return Checkpoint.all(bytes(file));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /** A small file as it is. */
  static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(FILE_BYTES_MAX + 1);
      if (bytes.length > FILE_BYTES_MAX) {
        throw new UnreadableLogException(file + " is larger than " + FILE_BYTES_MAX + " bytes");
      }
      return bytes;
    }
  }
}
