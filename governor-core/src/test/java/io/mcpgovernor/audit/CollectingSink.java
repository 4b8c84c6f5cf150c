package io.mcpgovernor.audit;

import io.mcpgovernor.audit.AuditLog.Receipt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Keeps what it is told in memory. */
final class CollectingSink implements AuditSink {
  final List<AuditRecord> records = Collections.synchronizedList(new ArrayList<>());
  final List<Long> places = Collections.synchronizedList(new ArrayList<>());
  volatile boolean closed;

  @Override
  public void accept(AuditRecord record, Receipt receipt) {
    records.add(record);
    places.add(receipt.seq());
  }

  @Override
  public void close() {
    closed = true;
  }
}
