package io.mcpgovernor.audit;

import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.audit.AuditRecord.Status;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWriter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines that are written next: records are rendered straight into it, each linked to the one
 * before. Used by one thread at a time.
 */
final class Batch {
  private static final Logger LOG = LoggerFactory.getLogger(JsonlAuditLog.class);

  /** What is written in one go may be this long, and the line that goes beyond it. */
  static final int BYTES = 1 << 20;

  /** A longer line is no record: nothing that governance records comes near. */
  static final int LINE_BYTES_MAX = 4 << 20;

  private static final int BYTES_AT_FIRST = 64 * 1_024;
  private static final int BYTES_KEPT = 2 * BYTES;

  private final HashChain chain;
  private final AuditKeys keys;
  private final List<String> notes = new ArrayList<>();
  private JsonWriter lines = new JsonWriter(BYTES_AT_FIRST);

  Batch(HashChain chain, AuditKeys keys) {
    this.chain = chain;
    this.keys = keys;
  }

  /** Begins anew. */
  void clear() {
    clearLines();
    notes.clear();
  }

  /** Lets go of the lines, which are written. */
  void clearLines() {
    if (lines.size() > BYTES_KEPT) {
      lines = new JsonWriter(BYTES_AT_FIRST); // one huge record must not hold its room for ever
    } else {
      lines.clear();
    }
  }

  /** Whether the lines should be written before there are more. */
  boolean isFull() {
    return lines.size() >= BYTES;
  }

  int size() {
    return lines.size();
  }

  /** The lines, until the next one is added. */
  ByteBuffer lines() {
    return lines.written();
  }

  /** The checkpoints since the last {@link #clear}. */
  List<String> notes() {
    return notes;
  }

  /**
   * Adds a record.
   *
   * @return false if it cannot be rendered; nothing is added then, so that it takes no other along
   */
  boolean add(AuditRecord record) {
    int from = lines.size();
    try {
      lines.beginObject();
      record.writeTo(lines);
      if (lines.size() - from > LINE_BYTES_MAX) {
        throw new IllegalArgumentException("the record is larger than 4 MiB");
      }
    } catch (RuntimeException | Error e) {
      LOG.error("An audit record cannot be rendered, and is not kept.", e);
      lines.cutTo(from);
      return false;
    }
    chain.seal(lines, from);
    lines.endLine();
    return true;
  }

  /** How long the line of a record is, without what links it; nothing is added. */
  int measure(AuditRecord record) {
    int from = lines.size();
    try {
      record.writeTo(lines.beginObject());
      return lines.size() - from;
    } finally {
      lines.cutTo(from);
    }
  }

  /** Adds a checkpoint of everything before it, signed by the current key and some others. */
  void addCheckpoint(Instant at, List<CheckpointKey> others) {
    long size = chain.seq();
    List<CheckpointKey> signers = new ArrayList<>();
    signers.add(keys.current());
    signers.addAll(others);
    String note = CheckpointNote.sign(keys.origin(), size, chain.tree().root(), at, signers);
    List<String> frontier =
        chain.tree().subtrees().stream().map(HexFormat.of()::formatHex).toList();
    boolean unused =
        add(
            AuditRecord.of(Event.CHECKPOINT, Status.SUCCESS, at, "system", "audit.checkpoint")
                .checkpoint(
                    json ->
                        json.beginObject()
                            .field("size", size)
                            .field("note", note)
                            .name("frontier")
                            .value((Object) frontier)
                            .endObject())
                .build());
    chain.covered();
    notes.add(note);
  }

  /** Adds what the log says about itself. */
  void addOwn(Event event, Instant at, String action, Json what) {
    boolean unused =
        add(AuditRecord.of(event, Status.SUCCESS, at, "system", action).arguments(what).build());
  }
}
