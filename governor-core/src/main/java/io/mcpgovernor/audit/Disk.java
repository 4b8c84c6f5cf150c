package io.mcpgovernor.audit;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What the log does to files, in one place so that tests can let it fail. */
interface Disk {
  /** A file that is written at places of the caller's choice. */
  interface File extends Closeable {
    /** Writes some of the bytes, which an array holds. */
    int write(ByteBuffer bytes, long position) throws IOException;

    /** Brings everything to disk. */
    void force(boolean metadata) throws IOException;

    /** Shortens the file. */
    void truncate(long size) throws IOException;
  }

  /** The machine's own. */
  Disk SYSTEM = new Disk() {};

  /** Makes a file; one that is there already is an error. */
  default File create(Path file) throws IOException {
    AuditDirectory.create(file).close();
    return new SystemFile(file);
  }

  /** Opens a file that is there. */
  default File open(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    return new SystemFile(file);
  }

  /** Gives a file another name, at once. */
  default void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Makes sure that a directory remembers its files. */
  default void sync(Path directory) throws IOException {
    AuditDirectory.sync(directory);
  }

  /** How many bytes may still be written, as far as the system says. */
  default long usableBytes(Path directory) throws IOException {
    return Files.getFileStore(directory).getUsableSpace();
  }

  /**
   * A file as the system has it. Written without its channel, which an interrupt of the writing
   * thread would close.
   */
  final class SystemFile implements File {
    private final RandomAccessFile file;
    private long at;

    private SystemFile(Path path) throws IOException {
      file = new RandomAccessFile(path.toFile(), "rw");
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
      if (position != at) {
        file.seek(position);
      }
      int length = bytes.remaining();
      at = -1; // nobody knows, unless all is written
      file.write(bytes.array(), bytes.arrayOffset() + bytes.position(), length);
      bytes.position(bytes.limit());
      at = position + length;
      return length;
    }

    @Override
    public void force(boolean metadata) throws IOException {
      file.getChannel().force(metadata);
    }

    @Override
    public void truncate(long size) throws IOException {
      file.getChannel().truncate(size);
      at = -1;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
