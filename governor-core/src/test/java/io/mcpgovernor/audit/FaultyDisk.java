package io.mcpgovernor.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.IntPredicate;

/** The machine's disk, on which some operations fail: which ones, their numbers say. */
final class FaultyDisk implements Disk {
  /** What can be made to fail. */
  enum Operation {
    WRITE,
    FORCE,
    TRUNCATE,
    CREATE,
    RENAME,
    SYNC
  }

  private final Operation faulty;
  private final IntPredicate fails;
  private final int writtenBefore;
  private final Set<Operation> always;
  private int number;
  private int failures;
  volatile long usableBytes = Long.MAX_VALUE;

  /**
   * @param fails gets the number of the operation, from 0
   * @param writtenBefore how many bytes a write that fails has written all the same
   * @param always what fails besides, each time
   */
  FaultyDisk(Operation faulty, IntPredicate fails, int writtenBefore, Operation... always) {
    this.always = Set.of(always);
    this.faulty = faulty;
    this.fails = fails;
    this.writtenBefore = writtenBefore;
  }

  synchronized int failures() {
    return failures;
  }

  private synchronized boolean isFailing(Operation operation) {
    if (always.contains(operation)) {
      return true;
    }
    if (operation != faulty || !fails.test(number++)) {
      return false;
    }
    failures++;
    return true;
  }

  private void pass(Operation operation) throws IOException {
    if (isFailing(operation)) {
      throw new IOException("Input/output error");
    }
  }

  @Override
  public File create(Path file) throws IOException {
    pass(Operation.CREATE);
    return faulty(Disk.super.create(file));
  }

  @Override
  public File open(Path file) throws IOException {
    return faulty(Disk.super.open(file));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    pass(Operation.RENAME);
    Disk.super.rename(from, to);
  }

  @Override
  public void sync(Path directory) throws IOException {
    pass(Operation.SYNC);
    Disk.super.sync(directory);
  }

  @Override
  public long usableBytes(Path directory) {
    return usableBytes;
  }

  private File faulty(File file) {
    return new File() {
      @Override
      public int write(ByteBuffer bytes, long position) throws IOException {
        if (isFailing(Operation.WRITE)) {
          int length = Math.min(writtenBefore, bytes.remaining());
          file.write(bytes.slice().limit(length), position);
          throw new IOException("No space left on device");
        }
        return file.write(bytes, position);
      }

      @Override
      public void force(boolean metadata) throws IOException {
        pass(Operation.FORCE);
        file.force(metadata);
      }

      @Override
      public void truncate(long size) throws IOException {
        pass(Operation.TRUNCATE);
        file.truncate(size);
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }
}
