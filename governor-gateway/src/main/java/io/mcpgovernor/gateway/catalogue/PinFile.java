package io.mcpgovernor.gateway.catalogue;

import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.gateway.disk.SharedFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The file of pins on disk. Thread-safe. */
final class PinFile {
  /** All servers' tools: some tens of thousands. */
  static final int BYTES_MAX = 64 << 20;

  private final Path file;
  private final SharedFile shared;

  PinFile(Path file) {
    this.file = file;
    this.shared = new SharedFile(file);
  }

  /** All tools, by server and name, to be changed. */
  interface Change {
    /**
     * Changes them.
     *
     * @return whether they are to be written
     */
    boolean apply(SortedMap<String, SortedMap<String, PinnedTool>> tools);
  }

  /** Tells this version of the file from others; null if there is none. */
  SharedFile.@Nullable Stamp stamp() {
    return shared.stamp();
  }

  /**
   * Reads the file.
   *
   * @throws PinException if that cannot be done
   */
  SortedMap<String, SortedMap<String, PinnedTool>> read() {
    try {
      if (shared.isWritableByOthers()) {
        throw new PinException(
            "others than its owner can write the file of pins "
                + file
                + ", so nobody knows who approved what; look through it, then take that from"
                + " them: chmod 600",
            null);
      }
      byte[] text = shared.read(BYTES_MAX);
      if (text.length > BYTES_MAX) {
        throw damaged("has more than " + BYTES_MAX + " bytes", null);
      }
      return PinFormat.read(text);
    } catch (NoSuchFileException e) {
      throw new PinException(
          "the file of pins "
              + file
              + " is gone; put back a copy of it, or start again without it, and every tool is new",
          e);
    } catch (IOException e) {
      throw new PinException("the file of pins " + file + " cannot be read: " + reason(e), e);
    } catch (MalformedJsonException e) {
      throw damaged(String.valueOf(e.getMessage()), e);
    }
  }

  private PinException damaged(String how, @Nullable Throwable cause) {
    return new PinException(
        "the file of pins "
            + file
            + " is damaged: it "
            + how
            + "; put back a copy of it, or move it away, and every tool is new",
        cause);
  }

  /**
   * Starts a file without tools, unless there is one.
   *
   * @return whether it was started
   * @throws PinException if that cannot be done
   */
  boolean create() {
    try {
      return shared.create(PinFormat.write(Map.of()));
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * Changes the file, while nobody else can.
   *
   * @return the tools as they are then
   * @throws PinException if that cannot be done, or they would take too much room; the file is as
   *     it was
   */
  SortedMap<String, SortedMap<String, PinnedTool>> change(Change change) {
    try {
      SortedMap<String, SortedMap<String, PinnedTool>> tools = new TreeMap<>();
      shared.change(
          () -> {
            tools.putAll(read());
            return change.apply(tools) ? bounded(PinFormat.write(tools)) : null;
          });
      return tools;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private byte[] bounded(byte[] text) {
    if (text.length > BYTES_MAX) {
      throw new PinException(
          "the file of pins "
              + file
              + " would have more than "
              + BYTES_MAX
              + " bytes; take servers out of it that are no longer there",
          null);
    }
    return text;
  }

  private PinException unwritable(IOException e) {
    return new PinException("the file of pins " + file + " cannot be written: " + reason(e), e);
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
