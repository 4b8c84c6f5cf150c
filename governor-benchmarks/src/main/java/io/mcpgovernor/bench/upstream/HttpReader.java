package io.mcpgovernor.bench.upstream;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the HTTP/1.1 messages of one connection, one after the other, requests or responses, with
 * bodies by {@code Content-Length} or chunked (RFC 9112). Bodies that nobody wants are passed over
 * without being copied. For benchmarks among friends: it trusts the other side.
 *
 * <p>Not thread-safe. Blocks as its channel does.
 */
public final class HttpReader {
  private static final int HEAD_BYTES_MAX = 16 * 1024;
  private static final long UNTIL_CLOSED = Long.MAX_VALUE;

  private final ReadableByteChannel channel;
  private final ByteBuffer buffer;
  private String head = "";

  /**
   * A reader of this channel.
   *
   * @param bufferBytes read at once; a head has to fit
   */
  public HttpReader(ReadableByteChannel channel, int bufferBytes) {
    this.channel = channel;
    this.buffer = ByteBuffer.allocateDirect(bufferBytes).limit(0);
  }

  /**
   * Goes to the next message and reads its head. The body before has to be read or skipped.
   *
   * @return false if the connection was closed instead
   * @throws EOFException if it was closed in the middle
   */
  public boolean next() throws IOException {
    int scanned = 0;
    while (true) {
      int end = endOfHead(scanned);
      if (end >= 0) {
        byte[] bytes = new byte[end];
        buffer.get(bytes);
        head = new String(bytes, StandardCharsets.ISO_8859_1);
        return true;
      }
      scanned = buffer.remaining();
      if (scanned >= HEAD_BYTES_MAX) {
        throw new IOException("a head of more than " + HEAD_BYTES_MAX + " bytes");
      }
      if (!more()) {
        if (scanned > 0) {
          throw new EOFException("closed within a head");
        }
        return false;
      }
    }
  }

  /** How long the head is, with the empty line after it; -1 if it is not all there. */
  private int endOfHead(int scanned) {
    int from = buffer.position();
    for (int at = from + Math.max(3, scanned); at < buffer.limit(); at++) {
      if (buffer.get(at) == '\n'
          && buffer.get(at - 1) == '\r'
          && buffer.get(at - 2) == '\n'
          && buffer.get(at - 3) == '\r') {
        return at + 1 - from;
      }
    }
    return -1;
  }

  /** The first line: what is asked for, or the status. */
  public String startLine() {
    return head.substring(0, head.indexOf('\r'));
  }

  /** The status of a response, such as 200. */
  public int status() {
    return Integer.parseInt(head.substring(head.indexOf(' ') + 1, head.indexOf(' ') + 4));
  }

  /** The value of a field of the head, whatever the case of its name; null if it is not there. */
  public @Nullable String header(String name) {
    int line = head.indexOf('\n') + 1;
    while (line < head.length()) {
      int end = head.indexOf('\r', line);
      if (line + name.length() < end
          && head.charAt(line + name.length()) == ':'
          && head.regionMatches(true, line, name, 0, name.length())) {
        return head.substring(line + name.length() + 1, end).strip();
      }
      line = end + 2;
    }
    return null;
  }

  /** Passes over the body and says how many bytes it had. */
  public long skipBody() throws IOException {
    return body(null);
  }

  /** The body. */
  public byte[] body() throws IOException {
    ByteArrayOutputStream into = new ByteArrayOutputStream();
    body(into);
    return into.toByteArray();
  }

  private long body(@Nullable ByteArrayOutputStream into) throws IOException {
    String coding = header("Transfer-Encoding");
    if (coding != null && coding.toLowerCase(Locale.ROOT).endsWith("chunked")) {
      return chunks(into);
    }
    String length = header("Content-Length");
    if (length != null) {
      return take(Long.parseLong(length), into);
    }
    boolean hasNone = !head.startsWith("HTTP/") || status() == 204 || status() == 304;
    return hasNone ? 0 : take(UNTIL_CLOSED, into);
  }

  private long chunks(@Nullable ByteArrayOutputStream into) throws IOException {
    long all = 0;
    while (true) {
      String line = line();
      int extension = line.indexOf(';');
      long size = Long.parseLong((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
      if (size == 0) {
        while (!line().isEmpty()) {
          // trailers
        }
        return all;
      }
      all += take(size, into);
      line();
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      char next = (char) (one() & 0xff);
      if (next == '\n') {
        return line.toString();
      }
      if (next != '\r') {
        line.append(next);
      }
      if (line.length() > HEAD_BYTES_MAX) {
        throw new IOException("a line of more than " + HEAD_BYTES_MAX + " bytes");
      }
    }
  }

  private byte one() throws IOException {
    if (!buffer.hasRemaining() && !more()) {
      throw new EOFException("closed within a body");
    }
    return buffer.get();
  }

  private long take(long bytes, @Nullable ByteArrayOutputStream into) throws IOException {
    long left = bytes;
    while (left > 0) {
      if (!buffer.hasRemaining() && !more()) {
        if (bytes == UNTIL_CLOSED) {
          break;
        }
        throw new EOFException("closed within a body");
      }
      int part = (int) Math.min(left, buffer.remaining());
      if (into == null) {
        buffer.position(buffer.position() + part);
      } else {
        byte[] copy = new byte[part];
        buffer.get(copy);
        into.write(copy, 0, part);
      }
      left -= part;
    }
    return bytes - left;
  }

  /** Reads more behind what is there; false at the end. */
  private boolean more() throws IOException {
    buffer.compact();
    if (!buffer.hasRemaining()) {
      throw new IOException("a head of more than " + buffer.capacity() + " bytes");
    }
    int read = channel.read(buffer);
    buffer.flip();
    return read >= 0;
  }
}
