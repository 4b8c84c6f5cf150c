package io.mcpgovernor.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes proofs that a log holds a record. Reads the log twice, and verifies it as it does, so that
 * nothing is proved of a log that is not whole; needs no private key.
 */
public final class InclusionProver {
  private InclusionProver() {}

  /**
   * Makes a proof against the last checkpoint of the log.
   *
   * @param directory of the log
   * @param seq of the record, from 1
   * @throws IllegalArgumentException if there can be no such proof; the message says why
   * @throws IOException if the log cannot be read
   */
  public static InclusionProof prove(Path directory, long seq, LogVerifier verifier)
      throws IOException {
    if (LogFiles.logs(directory).size() != 1) {
      throw new UnreadableLogException("there is not exactly one audit log in " + directory);
    }
    Path log = LogFiles.logs(directory).get(0);
    Search search = new Search(seq);
    LogReport report = verified(verifier.verify(log, true, search));
    Checkpoint checkpoint = search.checkpoint;
    byte[] line = search.line;
    if (line == null) {
      throw new IllegalArgumentException(
          "there is no record "
              + seq
              + ": the log has "
              + report.records().firstSeq()
              + " to "
              + report.records().lastSeq());
    }
    if (checkpoint == null || checkpoint.size() < seq) {
      throw new IllegalArgumentException(
          "no checkpoint covers record "
              + seq
              + " yet: the log writes one soon, or when it closes");
    }
    AuditPath path = new AuditPath(seq - 1, checkpoint.size());
    verified(verifier.verify(log, true, path));
    try {
      return new InclusionProof(line, seq - 1, path.hashes(), checkpoint.note().whole());
    } catch (BadRecordException e) {
      throw new IllegalStateException("the note was read before", e);
    }
  }

  private static LogReport verified(LogReport report) throws IOException {
    if (report.outcome() != LogReport.Outcome.OK) {
      String why = report.problems().get(0).reason();
      if (report.outcome() == LogReport.Outcome.UNREADABLE) {
        throw new UnreadableLogException(why);
      }
      throw new IllegalArgumentException(
          "nothing can be proved of a log that is not whole (governor audit verify): " + why);
    }
    return report;
  }

  /** The record, and the last checkpoint. */
  private static final class Search implements LogListener {
    private final long wanted;
    private byte @Nullable [] line;
    private @Nullable Checkpoint checkpoint;

    Search(long wanted) {
      this.wanted = wanted;
    }

    @Override
    public void record(long seq, byte[] bytes, int from, int to) {
      if (seq == wanted) {
        line = Arrays.copyOfRange(bytes, from, to);
      }
    }

    @Override
    public void checkpoint(Checkpoint later) {
      checkpoint = later;
    }
  }

  /**
   * The hashes beside the way from a leaf to the root (RFC 6962, section 2.1.1). The subtrees they
   * are of stand one after the other, so that one of them is computed at a time.
   */
  private static final class AuditPath implements LogListener {
    /** A subtree beside the way: leaves from, to, and how far up it stands. */
    private record Sibling(long from, long to, int place) {}

    private final List<Sibling> siblings = new ArrayList<>();
    private final byte[] @Nullable [] hashes;
    private MerkleFrontier subtree = new MerkleFrontier(new Sha256());
    private long size;
    private int next;

    AuditPath(long leaf, long treeSize) {
      long from = 0;
      long to = treeSize;
      int depth = 0;
      while (to - from > 1) {
        long middle = from + Long.highestOneBit(to - from - 1);
        if (leaf < middle) {
          siblings.add(new Sibling(middle, to, depth));
          to = middle;
        } else {
          siblings.add(new Sibling(from, middle, depth));
          from = middle;
        }
        depth++;
      }
      siblings.sort(java.util.Comparator.comparingLong(Sibling::from));
      hashes = new byte[depth][];
    }

    @Override
    public void begun() {
      subtree = new MerkleFrontier(new Sha256());
      size = 0;
      next = 0;
    }

    @Override
    public void subtree(int height, byte[] hash, int from) {
      long at = size;
      size += 1L << height;
      if (next == siblings.size() || at < siblings.get(next).from()) {
        return; // the leaf itself, or what the checkpoint does not cover
      }
      Sibling sibling = siblings.get(next);
      subtree.append(height, hash, from);
      if (size == sibling.to()) {
        hashes[hashes.length - 1 - sibling.place()] = subtree.root();
        subtree = new MerkleFrontier(new Sha256());
        next++;
      }
    }

    List<byte[]> hashes() {
      List<byte[]> all = new ArrayList<>();
      for (byte[] hash : hashes) {
        all.add(Objects.requireNonNull(hash));
      }
      return all;
    }
  }
}
