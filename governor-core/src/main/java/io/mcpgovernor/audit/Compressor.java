package io.mcpgovernor.audit;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compresses closed segments on a thread of its own. The plain file goes when the compressed one is
 * on disk under its name, so whenever the process dies, one of them is whole. Thread-safe.
 */
final class Compressor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JsonlAuditLog.class);
  private static final int BLOCK_BYTES = 64 * 1_024;

  /**
   * After so much of the segment a new gzip member begins. To read one line a reader needs one
   * member and not all before it; the file becomes a few percent larger.
   */
  private static final int MEMBER_BYTES = 256 * 1_024;

  /** Segments take long to fill; what does not fit is compressed at the next start. */
  private static final int QUEUE_SEGMENTS = 10_000;

  private static final Path STOP = Path.of("");

  private final Path directory;
  private final LinkedBlockingQueue<Path> segments = new LinkedBlockingQueue<>(QUEUE_SEGMENTS);

  /** Held while files get and lose their names, so that nothing deleted comes back. */
  private final ReentrantLock names = new ReentrantLock();

  private final Thread thread = new Thread(this::compressAll, "governor-audit-gzip");
  private volatile boolean stopping;

  Compressor(Path directory) {
    this.directory = directory;
    thread.setDaemon(true);
    thread.start();
  }

  /** Compresses a closed segment soon. */
  void offer(Path segment) {
    boolean unused = segments.offer(segment);
  }

  /** Deletes a segment under both its names. */
  void delete(Path segment) throws IOException {
    names.lock();
    try {
      for (Path name : AuditDirectory.names(segment)) {
        Files.deleteIfExists(name);
      }
    } finally {
      names.unlock();
    }
  }

  /** Leaves what is not compressed for the next start. */
  @Override
  public void close() {
    stopping = true;
    boolean unused = segments.offer(STOP);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true; // it ends within a block; the interrupt is passed on below
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void compressAll() {
    while (!stopping) {
      try {
        Path segment = segments.take();
        if (!segment.equals(STOP)) {
          compress(segment);
        }
      } catch (InterruptedException e) {
        // only close() ends this thread
      } catch (IOException | RuntimeException e) {
        LOG.warn("An audit segment in {} stays uncompressed until the next start.", directory, e);
      }
    }
  }

  private void compress(Path plain) throws IOException {
    Path compressed = AuditDirectory.names(plain).get(1);
    Path temporary = compressed.resolveSibling(compressed.getFileName() + ".tmp");
    Files.deleteIfExists(temporary);
    try {
      boolean isWhole = write(plain, temporary);
      names.lock();
      try {
        if (isWhole && Files.exists(plain)) {
          Files.move(temporary, compressed, StandardCopyOption.ATOMIC_MOVE);
          AuditDirectory.sync(directory);
          Files.delete(plain);
        }
      } finally {
        names.unlock();
      }
    } catch (NoSuchFileException e) {
      LOG.debug("{} was deleted before it was compressed", plain);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private boolean write(Path plain, Path temporary) throws IOException {
    try (InputStream in = Files.newInputStream(plain);
        FileChannel channel = AuditDirectory.create(temporary)) {
      OutputStream file = Channels.newOutputStream(channel);
      byte[] block = new byte[BLOCK_BYTES];
      int read = in.read(block);
      do {
        OutputStream member = new Member(file);
        try (GZIPOutputStream out = new QuickGzip(member)) {
          for (int bytes = 0;
              read >= 0 && bytes < MEMBER_BYTES;
              bytes += read, read = in.read(block)) {
            if (stopping) {
              return false;
            }
            out.write(block, 0, read);
          }
        }
      } while (read >= 0);
      channel.force(true);
      return true;
    }
  }

  /**
   * The quick level: files become half again as large as at the usual one, still a small part of
   * what they were, in two thirds of the time; and while there are calls, it is they who wait.
   */
  private static final class QuickGzip extends GZIPOutputStream {
    QuickGzip(OutputStream out) throws IOException {
      super(out, BLOCK_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /** Does not close the file when a member ends. */
  private static final class Member extends FilterOutputStream {
    Member(OutputStream file) {
      super(file);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
