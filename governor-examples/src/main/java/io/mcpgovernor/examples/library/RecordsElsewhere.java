package io.mcpgovernor.examples.library;

import io.mcpgovernor.Governor;
import io.mcpgovernor.audit.AuditOptions;
import io.mcpgovernor.sink.HttpAuditSink;
import io.mcpgovernor.sink.HttpCheckpoints;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Records to a collector, and checkpoints to where nobody who writes the log can write. */
final class RecordsElsewhere {
  private RecordsElsewhere() {}

  static Governor start(Path auditDirectory, URI collector, Supplier<String> token, URI witness) {
    // docs: elsewhere
    Governor governor =
        Governor.builder()
            .auditTo(auditDirectory)
            .auditSink(
                HttpAuditSink.to(collector, auditDirectory)
                    .bearer(token) // asked before each request, never logged
                    .gzip(true)
                    .build())
            .audit(AuditOptions.builder().checkpointSink(HttpCheckpoints.to(witness)).build())
            .build();
    // docs: end
    return governor;
  }
}
