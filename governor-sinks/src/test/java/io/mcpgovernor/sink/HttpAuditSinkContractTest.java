package io.mcpgovernor.sink;

import io.mcpgovernor.audit.AuditSink;
import io.mcpgovernor.audit.AuditSinkContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** What holds for every sink holds for this one. */
final class HttpAuditSinkContractTest implements AuditSinkContract {
  private final TestReceiver receiver;

  HttpAuditSinkContractTest() throws IOException {
    receiver = new TestReceiver();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Override
  public AuditSink sink(Path audit) {
    return HttpAuditSinkTest.sink(receiver.uri(), audit).build();
  }

  @Override
  public List<String> received() {
    return receiver.bodies().stream()
        .flatMap(String::lines)
        .filter(line -> !line.contains("\"event\":\"checkpoint\""))
        .toList();
  }
}
