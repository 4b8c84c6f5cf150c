package io.mcpgovernor.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** What the log does to files, in one place so that tests can let it fail. */
interface Disk {
  /** A file that is written at places of the caller's choice. */
  interface File extends Closeable {
    /** Writes some of the bytes, like a channel. */
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
    return new ChannelFile(AuditDirectory.create(file));
  }

  /** Opens a file that is there. */
  default File open(Path file) throws IOException {
    return new ChannelFile(
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.READ));
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

  /** A file as the system has it. */
  record ChannelFile(FileChannel channel) implements File {
    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
      return channel.write(bytes, position);
    }

    @Override
    public void force(boolean metadata) throws IOException {
      channel.force(metadata);
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
