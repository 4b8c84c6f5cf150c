package io.mcpgovernor.cli.audit;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds logs, and the segments of each. */
final class SegmentFiles {
  private static final Pattern NAME = Pattern.compile("audit-(\\d{6,9})\\.jsonl(\\.gz)?");

  /** A root holds {@code <server>/<instance>}; one level more for those who sort by machine. */
  private static final int DEPTH_MAX = 4;

  /** Bounds a search that was pointed at the wrong directory. */
  private static final int DIRECTORIES_MAX = 100_000;

  private SegmentFiles() {}

  /**
   * The segments of one log, oldest first. Where a segment is there twice, the plain one counts.
   */
  static List<Segment> of(Path log) throws IOException {
    TreeMap<Integer, Segment> segments = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(log, "audit-*")) {
      for (Path file : files) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
          int number = Integer.parseInt(name.group(1));
          Segment segment = new Segment(number, file, name.group(2) != null);
          segments.merge(number, segment, (one, other) -> one.gzip() ? other : one);
        }
      }
    }
    return List.copyOf(segments.values());
  }

  /** The name of a segment's file. */
  static String name(int number, boolean gzip) {
    return String.format(Locale.ROOT, "audit-%06d.jsonl%s", number, gzip ? ".gz" : "");
  }

  /**
   * A segment under the name that it has now: it may have been compressed since it was listed.
   *
   * @throws NoSuchFileException if it is gone
   */
  static Segment found(Path log, Segment listed) throws NoSuchFileException {
    if (Files.exists(listed.path())) {
      return listed;
    }
    String name = String.valueOf(listed.path().getFileName());
    String plain = listed.gzip() ? name.substring(0, name.length() - 3) : name;
    for (String other : List.of(plain, plain + ".gz")) {
      Path path = log.resolve(other);
      if (Files.exists(path)) {
        return new Segment(listed.number(), path, other.endsWith(".gz"));
      }
    }
    throw new NoSuchFileException(listed.path().toString());
  }

  /**
   * The logs in or below directories, each a directory with segments.
   *
   * @throws RefusedLog if a directory is not there, or there is no log in it
   */
  static List<Path> logs(Collection<Path> directories) throws IOException {
    List<Path> logs = new ArrayList<>();
    int[] seen = {0};
    for (Path directory : directories) {
      if (!Files.exists(directory)) {
        throw new RefusedLog("no such directory: " + directory);
      }
      if (!Files.isDirectory(directory)) {
        throw new RefusedLog("not a directory: " + directory + " (give the log's directory)");
      }
      List<Path> below = new ArrayList<>();
      collect(directory, 0, below, seen);
      if (below.isEmpty()) {
        throw new RefusedLog(
            "no audit log in " + directory + ": there is no audit-000001.jsonl in or below it");
      }
      for (Path log : below) {
        if (!logs.contains(log)) {
          logs.add(log);
        }
      }
    }
    return logs;
  }

  private static void collect(Path directory, int depth, List<Path> logs, int[] seen)
      throws IOException {
    if (++seen[0] > DIRECTORIES_MAX) {
      throw new RefusedLog("more than " + DIRECTORIES_MAX + " directories; name the log's own");
    }
    List<Path> children = new ArrayList<>();
    boolean isLog = false;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (NAME.matcher(String.valueOf(file.getFileName())).matches()) {
          isLog = true;
        } else if (depth < DEPTH_MAX && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          children.add(file);
        }
      }
    } catch (AccessDeniedException e) {
      if (depth == 0) {
        throw e;
      }
      return; // somebody else's
    } catch (NoSuchFileException e) {
      return; // removed meanwhile
    }
    if (isLog) {
      logs.add(directory);
      return;
    }
    children.sort(null);
    for (Path child : children) {
      collect(child, depth + 1, logs, seen);
    }
  }
}
