package io.mcpgovernor.verify;

import io.mcpgovernor.verify.LogReport.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Verifies audit logs: that each line is one record that nobody changed, that none is missing, put
 * in or moved, and that the log's checkpoints, and those that somebody kept elsewhere, are of this
 * very log.
 *
 * <p>Reads each log once, in constant memory, and only what it held when the reading began, so that
 * a log may be written, rotated and thinned out by retention meanwhile. Changes nothing. Immutable,
 * safe for use by several threads.
 */
public final class LogVerifier {
  // Retention deletes a few files a day; a log whose oldest file is always gone is not readable.
  private static final int READINGS_MAX = 5;

  private final List<VerifierKey> keys;
  private final List<Checkpoint> checkpoints;
  private final boolean isPart;
  private final Progress progress;

  private LogVerifier(Builder builder) {
    keys = List.copyOf(builder.keys);
    checkpoints = List.copyOf(builder.checkpoints);
    isPart = builder.isPart;
    progress = builder.progress;
  }

  /** Starts with no keys and no checkpoints. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Verifies logs, one after the other, whatever is wrong with those before.
   *
   * @param roots directories of logs, or directories with such below them
   * @throws UnreadableLogException if there is no log in one of them
   * @throws IOException if they cannot be searched
   */
  public VerificationReport verify(List<Path> roots) throws IOException {
    Set<Path> logs = new LinkedHashSet<>();
    for (Path root : roots) {
      List<Path> below = LogFiles.logs(root);
      if (below.isEmpty()) {
        throw new UnreadableLogException("there is no audit log in " + root);
      }
      logs.addAll(below);
    }
    List<LogReport> reports = new ArrayList<>();
    for (Path log : logs) {
      reports.add(verify(log, logs.size() == 1, LogListener.NONE));
    }
    return new VerificationReport(reports, strangers(reports));
  }

  /** Checkpoints that are of none of the logs: somebody may have put another log in its place. */
  private List<Problem> strangers(List<LogReport> logs) {
    List<Problem> strangers = new ArrayList<>();
    for (Checkpoint checkpoint : checkpoints) {
      if (logs.stream()
          .noneMatch(log -> OutsideCheckpoints.isOf(log.origin(), checkpoint, logs.size() == 1))) {
        strangers.add(
            Problem.of(
                "the outside checkpoint at "
                    + checkpoint.size()
                    + " is of the log "
                    + checkpoint.origin()
                    + ", and no log here is that one"));
      }
    }
    return strangers;
  }

  /** Verifies the log in one directory. */
  LogReport verify(Path directory, boolean isOnlyLog, LogListener listener) {
    LogVerification verification = verification(directory, isOnlyLog, List.of(), listener, 0);
    try {
      List<VerifierKey> beside = KeyFiles.beside(directory);
      for (int reading = 1; ; reading++) {
        List<Segment> segments = LogFiles.segments(directory);
        verification = verification(directory, isOnlyLog, beside, listener, bytes(segments));
        try {
          return verification.run(segments);
        } catch (NoSuchFileException e) {
          // Retention deleted it while those before it were read.
          if (reading == READINGS_MAX) {
            return verification.unreadable(
                "files vanish faster than they can be read: " + e.getMessage());
          }
        }
      }
    } catch (BadRecordException e) {
      return verification.failed(e.reason());
    } catch (AccessDeniedException e) {
      return verification.unreadable("no permission to read " + e.getMessage());
    } catch (UnreadableLogException e) {
      return verification.unreadable(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return verification.unreadable("cannot be read: " + e);
    }
  }

  private LogVerification verification(
      Path directory,
      boolean isOnlyLog,
      List<VerifierKey> beside,
      LogListener listener,
      long bytes) {
    long[] read = new long[1];
    return new LogVerification(
        directory,
        new TrustedKeys(keys, beside),
        new OutsideCheckpoints(checkpoints, isOnlyLog),
        isPart,
        count -> progress.at(read[0] += count, bytes),
        listener);
  }

  private static long bytes(List<Segment> segments) {
    return segments.stream().mapToLong(Segment::fileBytes).sum();
  }

  /** Collects what verification needs. Not thread-safe. */
  public static final class Builder {
    private final List<VerifierKey> keys = new ArrayList<>();
    private final List<Checkpoint> checkpoints = new ArrayList<>();
    private boolean isPart;
    private Progress progress = (bytes, all) -> {};

    private Builder() {}

    /**
     * Keys that somebody vouches for. Without any, those beside each log are used, which show only
     * that the log is consistent.
     */
    public Builder keys(List<VerifierKey> given) {
      keys.addAll(given);
      return this;
    }

    /** Checkpoints that were kept elsewhere; each has to match the log that it is of. */
    public Builder checkpoints(List<Checkpoint> kept) {
      checkpoints.addAll(kept);
      return this;
    }

    /** The directories hold parts of logs: do not ask why older records are missing. */
    public Builder part() {
      isPart = true;
      return this;
    }

    /** Who is told how far it has come. */
    public Builder progress(Progress listener) {
      progress = listener;
      return this;
    }

    /** The verifier. */
    public LogVerifier build() {
      return new LogVerifier(this);
    }
  }
}
