package io.mcpgovernor.sink;

import io.mcpgovernor.audit.LogFollower.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Records that go in one request, in the order of the log; at least one.
 *
 * @param lines not changed from now on
 */
record Batch(List<Line> lines) {
  Line first() {
    return lines.get(0);
  }

  Line last() {
    return lines.get(lines.size() - 1);
  }

  /** The same for the same records of the same log, also after a restart. */
  String idempotencyKey() {
    return first().seq() + "-" + last().seq() + "-" + last().hash();
  }

  Batch firstHalf() {
    return new Batch(lines.subList(0, lines.size() / 2));
  }

  Batch secondHalf() {
    return new Batch(lines.subList(lines.size() / 2, lines.size()));
  }

  byte[] body(BatchFormat format, boolean gzip) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (OutputStream out = gzip ? new GZIPOutputStream(body) : body) {
      boolean isArray = format == BatchFormat.JSON_ARRAY;
      for (int i = 0; i < lines.size(); i++) {
        if (isArray) {
          out.write(i == 0 ? '[' : ',');
        }
        out.write(lines.get(i).json());
        if (!isArray) {
          out.write('\n');
        }
      }
      if (isArray) {
        out.write(']');
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return body.toByteArray();
  }
}
