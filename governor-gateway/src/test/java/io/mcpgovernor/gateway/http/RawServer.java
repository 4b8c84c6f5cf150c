package io.mcpgovernor.gateway.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server that says over a socket whatever a test wants, byte for byte. */
final class RawServer implements AutoCloseable {
  /** What it does with one request. */
  @FunctionalInterface
  interface Script {
    void answer(Connection connection, Request request) throws Exception;
  }

  record Request(String head, String body) {}

  /** One connection. */
  static final class Connection {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Connection(Socket socket) throws IOException {
      this.socket = socket;
      in = new BufferedInputStream(socket.getInputStream());
      out = socket.getOutputStream();
    }

    void write(String text) throws IOException {
      out.write(text.getBytes(ISO_8859_1));
      out.flush();
    }

    /** A whole plain answer. */
    void json(int status, String body) throws IOException {
      write(
          "HTTP/1.1 "
              + status
              + " Whatever\r\ncontent-type: application/json\r\ncontent-length: "
              + body.length()
              + "\r\n\r\n"
              + body);
    }

    void chunk(String text) throws IOException {
      write(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    void close() throws IOException {
      socket.close();
    }

    /** Waits until the other side closes. */
    void awaitClose() {
      try {
        while (in.read() >= 0) {
          continue;
        }
      } catch (IOException e) {
        return;
      }
    }

    private @Nullable Request read() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          return null;
        }
        head.append((char) next);
      }
      int length = 0;
      for (String line : head.toString().split("\r\n")) {
        if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(15).strip());
        }
      }
      return new Request(head.toString(), new String(in.readNBytes(length), ISO_8859_1));
    }
  }

  private final ServerSocket socket;
  private final Script script;
  private final AtomicInteger connections = new AtomicInteger();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Connection> open = new CopyOnWriteArrayList<>();

  RawServer(Script script) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
  }

  RawServer(ServerSocket socket, Script script) {
    this.socket = socket;
    this.script = script;
    Thread.startVirtualThread(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        Socket accepted = socket.accept();
        connections.incrementAndGet();
        Thread.startVirtualThread(() -> serve(accepted));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket accepted) {
    try (accepted) {
      Connection connection = new Connection(accepted);
      open.add(connection);
      for (Request request = connection.read(); request != null; request = connection.read()) {
        requests.add(request);
        script.answer(connection, request);
      }
    } catch (Exception e) {
      // The test sees what the other side makes of it.
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/mcp");
  }

  int connections() {
    return connections.get();
  }

  List<Request> requests() {
    return requests;
  }

  /** Closes what is open, but goes on listening. */
  void closeConnections() throws IOException {
    for (Connection connection : open) {
      connection.close();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    closeConnections();
  }
}
