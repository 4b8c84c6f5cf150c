package io.mcpgovernor.gateway.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;

/** A client that says over a socket whatever a test wants, byte for byte. */
final class RawClient implements AutoCloseable {
  record Answer(int status, String head, String body) {
    String header(String name) {
      for (String line : head.split("\r\n")) {
        int colon = line.indexOf(':');
        if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
          return line.substring(colon + 1).strip();
        }
      }
      return "";
    }
  }

  private final Socket socket;
  private final InputStream in;

  RawClient(InetSocketAddress address) throws IOException {
    socket = new Socket();
    // Small, so that a client that does not read is soon one that holds things up.
    socket.setReceiveBufferSize(16_384);
    socket.setSoTimeout(20_000);
    socket.connect(address);
    in = new BufferedInputStream(socket.getInputStream());
  }

  RawClient write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    return this;
  }

  /** Sends a message as a client of MCP does. */
  RawClient post(String path, String body) throws IOException {
    return write(
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Accept: application/json, text/event-stream\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  /** Status line and headers, without the empty line. */
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the end, after: " + head);
      }
      head.append((char) next);
    }
    return head.substring(0, head.length() - 4);
  }

  /** A whole plain answer. */
  Answer answer() throws IOException {
    String head = head();
    Answer answer = new Answer(Integer.parseInt(head.split(" ")[1]), head, "");
    String length = answer.header("content-length");
    return length.isEmpty()
        ? answer
        : new Answer(answer.status(), head, text(Integer.parseInt(length)));
  }

  String text(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("the end, after: " + new String(bytes, ISO_8859_1));
    }
    return new String(bytes, ISO_8859_1);
  }

  /** The next chunk of a body; empty for the last. */
  String chunk() throws IOException {
    StringBuilder size = new StringBuilder();
    while (size.indexOf("\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the end");
      }
      size.append((char) next);
    }
    String text = text(Integer.parseInt(size.toString().strip(), 16));
    text(2);
    return text;
  }

  /** Whether the other side has closed, after whatever it still sent. */
  boolean isAtEnd() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketException e) {
      return true;
    }
  }

  /** Closes with a reset, as a process that dies does. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
