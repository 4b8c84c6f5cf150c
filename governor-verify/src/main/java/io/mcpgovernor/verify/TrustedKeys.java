package io.mcpgovernor.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whose signatures count while one log is read. A key that was not given counts from the first
 * checkpoint on that it and a trusted key have both signed, after a record that announces it. Not
 * thread-safe.
 */
final class TrustedKeys {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}");
  // One for each rotation; a log that has more is not believed.
  private static final int ANNOUNCED_MAX = 1_000;

  private final KeySource source;
  private final List<VerifierKey> trusted = new ArrayList<>();
  private final List<VerifierKey> candidates;
  private final Map<String, Announcement> announced = new HashMap<>();
  private final List<Rotation> rotations = new ArrayList<>();

  private record Announcement(long seq, @Nullable VerifierKey key) {}

  /**
   * A key that came to be trusted through another one.
   *
   * @param seq of the checkpoint that both signed
   */
  record Rotation(long seq, VerifierKey key) {}

  /**
   * Begins with keys.
   *
   * @param given those that somebody vouches for; if there are none, the first checkpoint decides
   *     which of the others is trusted
   * @param beside those that stand beside the log
   */
  TrustedKeys(List<VerifierKey> given, List<VerifierKey> beside) {
    source =
        given.isEmpty()
            ? beside.isEmpty() ? KeySource.NONE : KeySource.BESIDE_THE_LOG
            : KeySource.GIVEN;
    trusted.addAll(given);
    candidates = new ArrayList<>(beside);
  }

  KeySource source() {
    return source;
  }

  List<VerifierKey> trusted() {
    return List.copyOf(trusted);
  }

  List<Rotation> rotations() {
    return List.copyOf(rotations);
  }

  /** An {@code audit.key} record names keys. */
  void announce(@Nullable Object arguments, long seq) throws BadRecordException {
    if (announced.size() >= ANNOUNCED_MAX) {
      throw new BadRecordException("the log announces more than " + ANNOUNCED_MAX + " keys");
    }
    if (arguments instanceof Map<?, ?> members) {
      for (Object value : members.values()) {
        if (value instanceof String text) {
          announce(text, seq);
        }
      }
    }
  }

  private void announce(String text, long seq) {
    if (ID.matcher(text).matches()) {
      announced.putIfAbsent(text, new Announcement(seq, null));
    } else if (text.indexOf('+') > 0) {
      try {
        VerifierKey key = VerifierKey.parse(text);
        announced.put(key.id(), new Announcement(seq, key));
      } catch (IllegalArgumentException e) {
        // some other text
      }
    }
  }

  /** Checks a checkpoint record's signatures. */
  void check(Checkpoint checkpoint, long seq) throws BadRecordException {
    if (source == KeySource.NONE) {
      return;
    }
    SignedNote note = checkpoint.note();
    boolean isFirst = trusted.isEmpty();
    boolean isSigned = isSigned(note);
    for (VerifierKey key : candidates(checkpoint.size(), isFirst)) {
      if ((isSigned || isFirst) && isSigned(note, key)) {
        trusted.add(key);
        if (!isFirst) {
          rotations.add(new Rotation(seq, key));
        }
      }
    }
    if (!isSigned && (!isFirst || trusted.isEmpty())) {
      throw new BadRecordException(unsigned(note));
    }
  }

  /** Whether a trusted key has signed; a signature that says so and is wrong is an error. */
  boolean isSigned(SignedNote note) throws BadRecordException {
    boolean isSigned = false;
    for (VerifierKey key : trusted) {
      isSigned |= isSigned(note, key);
    }
    return isSigned;
  }

  private static boolean isSigned(SignedNote note, VerifierKey key) throws BadRecordException {
    for (SignedNote.Signature signature : note.signatures()) {
      if (key.isOf(signature)) {
        if (!key.verifies(note.signed(), signature.bytes())) {
          throw new BadRecordException("the signature by key " + key.id() + " is wrong");
        }
        return true;
      }
    }
    return false;
  }

  /** Keys that are not trusted yet but may be now. */
  private List<VerifierKey> candidates(long size, boolean isFirst) {
    List<VerifierKey> all = new ArrayList<>(candidates);
    for (Announcement announcement : announced.values()) {
      VerifierKey key = announcement.key();
      if (key != null && candidates.stream().noneMatch(key::isSame)) {
        all.add(key); // the same one may stand beside the log as well
      }
    }
    return all.stream()
        .filter(key -> trusted.stream().noneMatch(key::isSame))
        .filter(key -> isFirst || isAnnounced(key, size))
        .toList();
  }

  private boolean isAnnounced(VerifierKey key, long size) {
    Announcement announcement = announced.get(key.id());
    return announcement != null
        && announcement.seq() <= size
        && (announcement.key() == null || announcement.key().isSame(key));
  }

  private String unsigned(SignedNote note) {
    String signers =
        note.signatures().stream()
            .map(SignedNote.Signature::keyId)
            .collect(Collectors.joining(", "));
    String known = trusted.stream().map(VerifierKey::id).collect(Collectors.joining(", "));
    return "the checkpoint is signed by "
        + signers
        + ", and that is no trusted key"
        + (known.isEmpty() ? " beside the log" : ": trusted are " + known);
  }
}
