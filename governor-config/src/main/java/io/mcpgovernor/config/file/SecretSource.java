package io.mcpgovernor.config.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where secrets come from: environment variables and files. Not thread-safe. */
final class SecretSource {
  /** How long a reference, or a value that needs none, may be. */
  static final int CHARACTERS_MAX = 32_768;

  /** A reference and nothing else. */
  static final String WHOLE = "^\\$\\{(?:env:[A-Za-z_][A-Za-z0-9_]*|file:[^}\\r\\n]+)\\}$";

  /** What only a reference has. */
  static final String PART = "\\$\\{(?:env|file):";

  /** How a reference begins. */
  static final String REFERENCE_START = "^" + PART;

  /** Said where a reference stands at a place that takes none. */
  static final String NO_REFERENCE =
      "references are for secrets only (bearer, token, hash_key and env of a server); write the"
          + " value itself";

  private static final int BYTES_MAX = 64 << 10;
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}\\r\\n]+)\\}");
  private static final Pattern WHOLE_PATTERN = Pattern.compile(WHOLE);
  private static final Pattern PART_PATTERN = Pattern.compile(PART);
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path directory;
  private final Function<String, @Nullable String> environment;
  private final Map<String, Secret> found = new LinkedHashMap<>();
  private final Map<Path, String> files = new TreeMap<>();

  /**
   * @param directory from which paths of files start
   * @param environment gives the value of a variable
   */
  SecretSource(Path directory, Function<String, @Nullable String> environment) {
    this.directory = directory;
    this.environment = environment;
  }

  static boolean isReference(String text) {
    return text.startsWith("${") && PART_PATTERN.matcher(text).lookingAt();
  }

  static boolean isWhole(String text) {
    return text.length() <= CHARACTERS_MAX && WHOLE_PATTERN.matcher(text).matches();
  }

  static boolean holdsReference(String text) {
    return PART_PATTERN.matcher(text).find();
  }

  /** The files that were named, and SHA-256 of what they held. */
  Map<Path, String> files() {
    return files;
  }

  /** Looks a secret up; what is wrong with it, or null if it is there. */
  @Nullable String problem(String reference) {
    if (found.containsKey(reference)) {
      return null;
    }
    Matcher parts = REFERENCE.matcher(reference);
    if (!parts.matches()) {
      return "this is no reference";
    }
    String name = Objects.requireNonNull(parts.group(2));
    return "env".equals(parts.group(1)) ? variable(reference, name) : file(reference, name);
  }

  /** A secret that was looked up. */
  Secret secret(String reference) {
    return Objects.requireNonNull(found.get(reference));
  }

  private @Nullable String variable(String reference, String name) {
    String value = environment.apply(name);
    if (value == null || value.isEmpty()) {
      return "the environment variable "
          + name
          + (value == null ? " is not set" : " is empty")
          + "; set it where the governor is started";
    }
    found.put(reference, new Secret(reference, value));
    return null;
  }

  private @Nullable String file(String reference, String name) {
    Path file;
    try {
      file = directory.resolve(name);
    } catch (InvalidPathException e) {
      return "this is no path of a file";
    }
    files.put(file, "-");
    try {
      if (!Files.isRegularFile(file)) {
        return "there is no file " + file;
      }
      if (isReadableByOthers(file)) {
        return "others can read " + file + "; let only its owner: chmod 600 " + file;
      }
      byte[] bytes;
      try (InputStream in = Files.newInputStream(file)) {
        bytes = in.readNBytes(BYTES_MAX + 1);
      }
      files.put(file, Sha256.hex(bytes));
      if (bytes.length > BYTES_MAX) {
        return file + " has more than 64 KiB, which no secret needs";
      }
      String value = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      value = value.replaceFirst("\\r?\\n\\z", ""); // which editors and echo add
      if (value.isEmpty()) {
        return file + " is empty";
      }
      found.put(reference, new Secret(reference, value));
      return null;
    } catch (CharacterCodingException e) {
      return file + " is not UTF-8";
    } catch (IOException e) {
      String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
      return file + " cannot be read" + (reason == null ? "" : ": " + reason);
    }
  }

  /**
   * Whether somebody else than its owner can: PostgreSQL's rule for key files. Root's may be read
   * by their group, which is how Kubernetes hands a secret to a process that is not root.
   */
  private static boolean isReadableByOthers(Path file) throws IOException {
    PosixFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, PosixFileAttributes.class);
    } catch (UnsupportedOperationException e) {
      return false; // no such permissions on this platform
    }
    Set<PosixFilePermission> more = EnumSet.noneOf(PosixFilePermission.class);
    more.addAll(attributes.permissions());
    more.removeAll(OWNER);
    more.remove(PosixFilePermission.OWNER_EXECUTE);
    if (attributes.owner().getName().equals("root")) {
      more.remove(PosixFilePermission.GROUP_READ);
    }
    return !more.isEmpty();
  }
}
