package io.mcpgovernor.bench;

import io.mcpgovernor.audit.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/**
 * The baseline of whole calls: writes records to a file and does nothing else, which is the least
 * that audit costs. Not thread-safe.
 */
public final class BareRecords implements AutoCloseable {
  private final TemporaryDirectory directory = new TemporaryDirectory();
  private final FileChannel file;
  private final ByteBuffer record;
  private final Durability durability;

  /**
   * Opens a new file.
   *
   * @param recordBytes size of each record
   */
  public BareRecords(int recordBytes, Durability durability) {
    this.record = ByteBuffer.allocateDirect(recordBytes);
    this.durability = durability;
    try {
      file =
          FileChannel.open(
              directory.path().resolve("bare"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      directory.close();
      throw new UncheckedIOException(e);
    }
  }

  /** Writes one record. */
  public void write() {
    record.clear();
    try {
      while (record.hasRemaining()) {
        file.write(record);
      }
      if (durability == Durability.FSYNC) {
        file.force(false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (directory) {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
