package io.mcpgovernor.cli.audit;

import io.mcpgovernor.ValueSearch;
import io.mcpgovernor.audit.AuditKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value to look for, and where the keys are: beside each log, in {@code <log>.keys}, unless
 * somebody says where.
 *
 * @param kind what the value is; null to look for every kind it could be
 * @param keys the directory of keys for all logs; null to look beside each
 */
record ValueQuery(String value, @Nullable String kind, @Nullable Path keys) {
  private static final long KEY_FILE_BYTES_MAX = 1_024;

  /** Bounds a directory that is none of keys. */
  private static final int KEYS_MAX = 100;

  /**
   * The value as a log's records hold it, under all keys there are.
   *
   * @throws RefusedLog if there is no key, or one cannot be used
   */
  KnownValue in(Path log) throws IOException {
    Path directory = keys != null ? keys : AuditKeys.beside(log);
    List<ValueSearch> searches = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "value-*.key")) {
        for (Path file : files) {
          if (searches.size() == KEYS_MAX) {
            throw new RefusedLog("more than " + KEYS_MAX + " value keys in " + directory);
          }
          searches.add(search(file));
        }
      }
    }
    if (searches.isEmpty()) {
      throw new RefusedLog(
          "no value key (value-<id>.key) in "
              + directory
              + ": without the key nobody can tell which records hold a value (see --keys)");
    }
    return new KnownValue(searches, value, kind);
  }

  private static ValueSearch search(Path file) throws IOException {
    if (Files.size(file) > KEY_FILE_BYTES_MAX) {
      throw new RefusedLog(file + " is too large to be a key");
    }
    ValueSearch search;
    try {
      String digits = Files.readString(file, StandardCharsets.US_ASCII).strip();
      search = new ValueSearch(HexFormat.of().parseHex(digits));
    } catch (IllegalArgumentException e) {
      throw new RefusedLog(file + " is not a value key: 32 bytes in hexadecimal digits");
    }
    if (!String.valueOf(file.getFileName()).equals("value-" + search.keyId() + ".key")) {
      throw new RefusedLog(file + " holds another key than its name says");
    }
    return search;
  }

  /** Without the value. */
  @Override
  public String toString() {
    return "ValueQuery[kind=" + kind + ", keys=" + keys + "]";
  }
}
