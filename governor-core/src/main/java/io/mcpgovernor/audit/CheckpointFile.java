package io.mcpgovernor.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Appends checkpoints to a file, whole or not at all. Called by one thread. */
final class CheckpointFile implements CheckpointSink {
  private final Path file;

  CheckpointFile(Path file) {
    this.file = file;
  }

  @Override
  public void accept(String note) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((note + "\n").getBytes(StandardCharsets.UTF_8));
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.<OpenOption>of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            AuditDirectory.ownersFile())) {
      long end = channel.size();
      try {
        for (long at = end; bytes.hasRemaining(); ) {
          at += channel.write(bytes, at);
        }
        channel.force(true);
      } catch (IOException e) {
        channel.truncate(end);
        throw e;
      }
    }
  }
}
