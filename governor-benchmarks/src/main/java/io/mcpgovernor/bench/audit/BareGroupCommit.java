package io.mcpgovernor.bench.audit;

import io.mcpgovernor.audit.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;

/**
 * The least that many callers can share a disk for: one thread takes what has queued up, writes as
 * many records that are bytes already, forces the file once, and answers. No chain, no rendering,
 * no error handling worth the name. Thread-safe.
 */
final class BareGroupCommit implements AutoCloseable {
  private static final int BATCH_RECORDS = 1_024;

  private final BlockingQueue<CompletableFuture<Void>> queue = new ArrayBlockingQueue<>(16_384);
  private final FileChannel file;
  private final byte[] record;
  private final Durability durability;
  private final Thread writer;
  private volatile boolean closed;

  BareGroupCommit(Path path, int recordBytes, Durability durability) throws IOException {
    this.record = new byte[recordBytes];
    this.durability = durability;
    this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    this.writer = Thread.ofPlatform().name("bare-group-commit").start(this::write);
  }

  /** Appends a record and waits until it is kept. */
  void append() {
    CompletableFuture<Void> kept = new CompletableFuture<>();
    queue.add(kept);
    kept.join();
  }

  private void write() {
    List<CompletableFuture<Void>> batch = new ArrayList<>(BATCH_RECORDS);
    ByteBuffer bytes = ByteBuffer.allocateDirect(BATCH_RECORDS * record.length);
    try {
      boolean stopping = false;
      while (!stopping) {
        batch.add(queue.take());
        queue.drainTo(batch, BATCH_RECORDS - 1);
        stopping = closed;
        bytes.clear();
        batch.forEach(kept -> bytes.put(record));
        bytes.flip();
        while (bytes.hasRemaining()) {
          int _ = file.write(bytes);
        }
        if (durability == Durability.FSYNC) {
          file.force(false);
        }
        batch.forEach(kept -> kept.complete(null));
        batch.clear();
      }
      file.close();
    } catch (IOException e) {
      batch.forEach(kept -> kept.completeExceptionally(e));
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    queue.add(new CompletableFuture<>()); // so that the writer looks
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
