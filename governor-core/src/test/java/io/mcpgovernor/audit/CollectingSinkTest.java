package io.mcpgovernor.audit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

final class CollectingSinkTest implements AuditSinkContract {
  private final CollectingSink sink = new CollectingSink();

  @Override
  public AuditSink sink(Path audit) {
    return sink;
  }

  @Override
  public List<String> received() {
    return List.copyOf(sink.records).stream()
        .map(record -> new String(record.toJson().utf8(), StandardCharsets.UTF_8))
        .toList();
  }
}
