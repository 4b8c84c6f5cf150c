package io.mcpgovernor.audit;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A disk whose next {@code fsync} fails when a test says so, and from which nothing can be cut
 * away: what the write left stays in the file that is given up.
 */
public final class GivenUp {
  private final AtomicBoolean isNext = new AtomicBoolean();
  private final Disk disk =
      new FaultyDisk(
          FaultyDisk.Operation.FORCE,
          number -> isNext.getAndSet(false),
          0,
          FaultyDisk.Operation.TRUNCATE);

  /** The options of a log on this disk, which stays uncompressed. */
  public AuditOptions options() {
    return AuditOptions.builder().compress(false).disk(disk).build();
  }

  /** The file that is written next is given up. */
  public void next() {
    isNext.set(true);
  }
}
