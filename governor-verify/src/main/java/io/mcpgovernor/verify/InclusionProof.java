package io.mcpgovernor.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A proof that a log holds a record, to be checked with the log's public key alone (C2SP
 * tlog-proof, with the record's line as its extra data). Immutable.
 */
public final class InclusionProof {
  /** What the name of a file with a proof should end with. */
  public static final String FILE_EXTENSION = ".tlog-proof";

  private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";
  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";
  private static final Pattern NUMBER = Pattern.compile("0|[1-9]\\d{0,17}");
  private static final int PATH_MAX = 63;

  private final byte[] line;
  private final long index;
  private final List<byte[]> path;
  private final Checkpoint checkpoint;
  private final String note;

  InclusionProof(byte[] line, long index, List<byte[]> path, String note)
      throws BadRecordException {
    this.line = line;
    this.index = index;
    this.path = List.copyOf(path);
    this.checkpoint = Checkpoint.parse(note);
    this.note = note;
  }

  /**
   * Reads a proof. That it can be read says nothing about whether it is right.
   *
   * @throws IllegalArgumentException if it is none; the message says why
   */
  public static InclusionProof parse(byte[] utf8) {
    String text = new String(utf8, StandardCharsets.UTF_8);
    int blank = text.indexOf("\n\n");
    String[] lines = text.substring(0, Math.max(blank, 0)).split("\n", -1);
    if (lines.length < 3 || !lines[0].equals(FIRST_LINE)) {
      throw new IllegalArgumentException("is no proof: one begins with " + FIRST_LINE);
    }
    if (!lines[1].startsWith(EXTRA) || !lines[2].startsWith(INDEX)) {
      throw new IllegalArgumentException("is no proof: the record or its index is missing");
    }
    String index = lines[2].substring(INDEX.length());
    if (!NUMBER.matcher(index).matches() || lines.length - 3 > PATH_MAX) {
      throw new IllegalArgumentException("is no proof: its index or its path is impossible");
    }
    List<byte[]> path = new ArrayList<>();
    try {
      for (int i = 3; i < lines.length; i++) {
        path.add(hash(lines[i]));
      }
      return new InclusionProof(
          Base64.getDecoder().decode(lines[1].substring(EXTRA.length())),
          Long.parseLong(index),
          path,
          text.substring(blank + 2));
    } catch (BadRecordException e) {
      throw new IllegalArgumentException("is no proof: " + e.reason(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is no proof: it has something that is not base64", e);
    }
  }

  private static byte[] hash(String base64) throws BadRecordException {
    byte[] hash = Base64.getDecoder().decode(base64);
    if (hash.length != Sha256.BYTES) {
      throw new BadRecordException("its path has something that is no hash");
    }
    return hash;
  }

  /** The record, one line of JSON without its line break. */
  public String line() {
    return new String(line, StandardCharsets.UTF_8);
  }

  /** The record's place in the log, from 1. */
  public long seq() {
    return index + 1;
  }

  /** What the log signed after it had written the record. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /**
   * Checks the proof.
   *
   * @param keys which are trusted
   * @throws IllegalArgumentException if it does not hold; the message says why
   */
  public void verify(List<VerifierKey> keys) {
    try {
      check(keys);
    } catch (BadRecordException e) {
      throw new IllegalArgumentException(e.reason(), e);
    }
  }

  private void check(List<VerifierKey> keys) throws BadRecordException {
    RecordScanner record = new RecordScanner();
    ChainLink link = new ChainLink();
    if (line.length == 0 || Arrays.equals(line, new byte[] {'\n'})) {
      throw new BadRecordException("the proof holds no record");
    }
    record.scan(line, 0, line.length);
    link.read(record, line, line.length);
    byte[] hash = Sha256.of(Arrays.copyOf(line, link.hashedTo()));
    if (!Arrays.equals(hash, link.hash)) {
      throw new BadRecordException("the record's hash is not that of its line: it was changed");
    }
    if (link.seq() != seq()) {
      throw new BadRecordException("the proof is for seq " + seq() + ", not " + link.seq());
    }
    if (!Arrays.equals(root(hash), checkpoint.root())) {
      throw new BadRecordException("the record is not in the log that the checkpoint is of");
    }
    if (!new TrustedKeys(keys, List.of()).isSigned(checkpoint.note())) {
      throw new BadRecordException("none of the keys has signed the checkpoint");
    }
  }

  /** RFC 9162, section 2.1.3.2, which says how to check the paths of RFC 6962. */
  private byte[] root(byte[] recordHash) throws BadRecordException {
    if (index >= checkpoint.size()) {
      throw new BadRecordException("the checkpoint is older than the record");
    }
    MerkleFrontier tree = new MerkleFrontier(new Sha256());
    byte[] root = new byte[Sha256.BYTES];
    tree.leafOf(recordHash, 0, root, 0);
    long node = index;
    long last = checkpoint.size() - 1;
    for (byte[] sibling : path) {
      if (last == 0) {
        throw new BadRecordException("the proof's path is too long");
      }
      if ((node & 1) == 1 || node == last) {
        tree.pair(sibling, 0, root, root);
        while ((node & 1) == 0 && node != 0) {
          node >>>= 1;
          last >>>= 1;
        }
      } else {
        tree.pair(root, 0, sibling, root);
      }
      node >>>= 1;
      last >>>= 1;
    }
    if (last != 0) {
      throw new BadRecordException("the proof's path is too short");
    }
    return root;
  }

  /** The proof as a file holds it. */
  public String toText() {
    StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
    text.append(EXTRA).append(Base64.getEncoder().encodeToString(line)).append('\n');
    text.append(INDEX).append(index).append('\n');
    for (byte[] hash : path) {
      text.append(Base64.getEncoder().encodeToString(hash)).append('\n');
    }
    return text.append('\n').append(note).toString();
  }
}
