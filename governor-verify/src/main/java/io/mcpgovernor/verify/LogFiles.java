package io.mcpgovernor.verify;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the files of logs are. */
final class LogFiles {
  private static final Pattern SEGMENT = Pattern.compile("(audit-(\\d{6,9})\\.jsonl)(\\.gz)?");

  // <state>/audit/<server>/<instance> and some room; a whole disk is not searched by mistake.
  private static final int DEPTH_MAX = 6;

  private LogFiles() {}

  /** The log in a directory, or the logs below it; none if there are none. */
  static List<Path> logs(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new UnreadableLogException(root + " is no directory");
    }
    if (isLog(root)) {
      return List.of(root);
    }
    List<Path> logs = new ArrayList<>();
    try (Stream<Path> below = Files.walk(root, DEPTH_MAX)) {
      for (Path directory : (Iterable<Path>) below.sorted()::iterator) {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) && isLog(directory)) {
          logs.add(directory);
        }
      }
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
    return logs;
  }

  private static boolean isLog(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "audit-*.jsonl*")) {
      for (Path file : files) {
        if (SEGMENT.matcher(name(file)).matches()) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * The segments of a log as they are now, oldest first. The last may be written while this is
   * done: of it only what is there now counts.
   */
  static List<Segment> segments(Path directory) throws IOException, BadRecordException {
    Map<Long, String> names = new TreeMap<>();
    // Twice: a file that gets another name while a directory is listed can be missed altogether.
    list(directory, names);
    list(directory, names);
    List<Segment> segments = new ArrayList<>();
    int left = names.size();
    for (Map.Entry<Long, String> name : names.entrySet()) {
      Path plain = directory.resolve(name.getValue());
      left--;
      segments.add(new Segment(name.getKey(), plain, left == 0 ? sizeNow(plain) : Long.MAX_VALUE));
    }
    return segments;
  }

  private static long sizeNow(Path plain) {
    try {
      return Files.readAttributes(
              plain, java.nio.file.attribute.BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .size();
    } catch (IOException e) {
      return Long.MAX_VALUE; // compressed, so nobody writes it any more
    }
  }

  private static void list(Path directory, Map<Long, String> names)
      throws IOException, BadRecordException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "audit-*.jsonl*")) {
      for (Path file : files) {
        Matcher segment = SEGMENT.matcher(name(file));
        if (segment.matches()) {
          String plain = segment.group(1);
          String other = names.put(Long.parseLong(segment.group(2)), plain);
          if (other != null && !other.equals(plain)) {
            throw new BadRecordException(
                "two files have the same number: "
                    + String.join(" and ", new TreeSet<>(List.of(plain, other))));
          }
        }
      }
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
