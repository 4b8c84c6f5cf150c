package io.mcpgovernor.audit;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A checkpoint record as it is read. */
final class CheckpointLine {
  private static final int TIMESTAMP_END =
      "{\"timestamp\":\"2026-02-03T04:05:06.007008Z\"".length();

  /** Nothing that anybody can put into a record makes another kind of record begin like this. */
  private static final byte[] BEGINNING =
      (",\"user_id\":\"system\",\"tenant_id\":null,\"tool_name\":\"audit.checkpoint\","
              + "\"arguments\":null,\"result\":null,\"validation\":null,\"execution_time_ms\":0.0,"
              + "\"error\":null,\"status\":\"success\",\"event\":\"checkpoint\",")
          .getBytes(StandardCharsets.US_ASCII);

  private CheckpointLine() {}

  /** Whether a line is a checkpoint; nothing is parsed. */
  static boolean is(Json record) {
    byte[] line = record.utf8();
    int end = TIMESTAMP_END + BEGINNING.length;
    return line.length > end
        && Arrays.equals(line, TIMESTAMP_END, end, BEGINNING, 0, BEGINNING.length);
  }

  /**
   * Takes a chain to where it stands before a checkpoint that begins a segment.
   *
   * @return whether the checkpoint is one of this log, and its subtrees make the root it signs
   */
  static boolean restore(HashChain chain, byte[] line, LineEnd end, String origin) {
    Json record = Json.lenient(line);
    if (!is(record)) {
      return false;
    }
    try {
      if (!(record.object().get("checkpoint") instanceof Map<?, ?> checkpoint)
          || !(checkpoint.get("size") instanceof Number size)
          || !(checkpoint.get("note") instanceof String note)
          || size.longValue() != end.seq() - 1) {
        return false;
      }
      List<byte[]> subtrees = subtrees(checkpoint.get("frontier"));
      return subtrees != null
          && chain.restore(size.longValue(), end.prev(), subtrees)
          && CheckpointNote.says(note, origin, size.longValue(), chain.tree().root());
    } catch (MalformedJsonException | IllegalArgumentException e) {
      return false;
    }
  }

  /** The keys of this log that signed a checkpoint; none if it does not say what a chain is. */
  static List<String> signers(byte[] line, HashChain chain, AuditKeys keys) {
    try {
      return Json.lenient(line).object().get("checkpoint") instanceof Map<?, ?> checkpoint
              && checkpoint.get("note") instanceof String note
              && CheckpointNote.says(note, keys.origin(), chain.seq(), chain.tree().root())
          ? keys.signers(note)
          : List.of();
    } catch (MalformedJsonException e) {
      return List.of();
    }
  }

  private static @Nullable List<byte[]> subtrees(@Nullable Object frontier) {
    if (!(frontier instanceof List<?> hashes)) {
      return null;
    }
    List<byte[]> subtrees = new ArrayList<>();
    for (Object hash : hashes) {
      byte[] bytes = hash instanceof String hex ? HexFormat.of().parseHex(hex) : new byte[0];
      if (bytes.length != Sha256.BYTES) {
        return null;
      }
      subtrees.add(bytes);
    }
    return subtrees;
  }
}
