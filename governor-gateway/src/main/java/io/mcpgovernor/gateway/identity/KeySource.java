package io.mcpgovernor.gateway.identity;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Where an issuer's keys are. Asked by one thread at a time; may block, for a bounded time. */
interface KeySource extends AutoCloseable {
  /** So many bytes a document may have. */
  int BYTES_MAX = 256 << 10;

  /**
   * What is there.
   *
   * @param fresh for how long it need not be asked again
   */
  record Found(List<IssuerKey> keys, Duration fresh) {}

  /**
   * Looks.
   *
   * @throws IOException if nothing that can be used is there; says where, what and why
   */
  Found find() throws IOException, InterruptedException;

  @Override
  void close();
}
