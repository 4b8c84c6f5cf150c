package io.mcpgovernor.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A client over HTTP that sends what a test wants, each request on a connection of its own. */
final class WireClient {
  /** An answer that is open: one body, or events as they come. */
  static final class Open implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private @Nullable String head;
    private String rest = "";

    Open(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
    }

    String head() throws IOException {
      if (head == null) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!bytes.toString(UTF_8).endsWith("\r\n\r\n")) {
          int next = in.read();
          if (next < 0) {
            throw new IOException("the end, after: " + bytes.toString(UTF_8));
          }
          bytes.write(next);
        }
        head = bytes.toString(UTF_8);
      }
      return head;
    }

    int status() throws IOException {
      return Integer.parseInt(head().split(" ")[1]);
    }

    @Nullable String header(String name) throws IOException {
      for (String line : head().split("\r\n")) {
        if (line.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
          return line.substring(name.length() + 1).strip();
        }
      }
      return null;
    }

    /** The next part of the body; null at its end. */
    private @Nullable String part() throws IOException {
      if (!"chunked".equals(header("transfer-encoding"))) {
        throw new IllegalStateException("not a stream: " + head);
      }
      ByteArrayOutputStream size = new ByteArrayOutputStream();
      while (!size.toString(UTF_8).endsWith("\r\n")) {
        int next = in.read();
        if (next < 0) {
          throw new IOException("the stream broke off");
        }
        size.write(next);
      }
      int length = Integer.parseInt(size.toString(UTF_8).strip(), 16);
      String part = new String(in.readNBytes(length), UTF_8);
      in.readNBytes(2);
      return length == 0 ? null : part;
    }

    /** The next event, which may be a comment; null at the end of the stream. */
    @Nullable String event() throws IOException {
      while (true) {
        int end = rest.indexOf("\n\n");
        if (end >= 0) {
          String event = rest.substring(0, end);
          rest = rest.substring(end + 2);
          return event;
        }
        String part = part();
        if (part == null) {
          return null;
        }
        rest += part;
      }
    }

    /** All of it. */
    Received received() throws IOException {
      List<String> messages = new ArrayList<>();
      String length = header("content-length");
      StringBuilder raw = new StringBuilder(head());
      if (length != null) {
        String body = new String(in.readNBytes(Integer.parseInt(length)), UTF_8);
        raw.append(body);
        if (!body.isEmpty()) {
          messages.add(body);
        }
      } else if (header("transfer-encoding") != null) {
        for (String event = event(); event != null; event = event()) {
          raw.append(event).append("\n\n");
          for (String line : event.split("\n")) {
            if (line.startsWith("data: ") && line.length() > 6) {
              messages.add(line.substring(6));
            }
          }
        }
      }
      close();
      return new Received(status(), header("mcp-session-id"), messages, raw.toString());
    }

    /** Goes away as a process that dies does. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private final URI endpoint;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();

  WireClient(URI endpoint) {
    this.endpoint = endpoint;
    headers.put("Host", "localhost");
    headers.put("Content-Type", "application/json");
    headers.put("Accept", "application/json, text/event-stream");
  }

  /** Sends this header from now on; none if null. */
  WireClient with(String name, @Nullable String value) {
    if (value == null) {
      headers.remove(name);
    } else {
      headers.put(name, value);
    }
    return this;
  }

  /** Who the fixture's authenticator takes it for. */
  WireClient as(String user) {
    return with(GatewayUnderTest.USER, user);
  }

  /** Opens a session of 2025-11-25 and keeps to it. */
  WireClient initialized() throws IOException {
    Received answer =
        legacy(
            "initialize",
            "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                + "\"clientInfo\":{\"name\":\"wire\",\"version\":\"1\"}}");
    with("Mcp-Session-Id", answer.session());
    with("Mcp-Protocol-Version", "2025-11-25");
    post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    return this;
  }

  /** A request of the revisions that have sessions. */
  Received legacy(String method, String params) throws IOException {
    return post(Requests.legacy(ids.incrementAndGet(), method, params));
  }

  /** A request of 2026-07-28, with the headers it wants. */
  Received stateless(String method, String params) throws IOException {
    return openStateless(method, params).received();
  }

  Open openStateless(String method, String params) throws IOException {
    Map<String, String> more = new LinkedHashMap<>();
    more.put("Mcp-Protocol-Version", Requests.STATELESS);
    more.put("Mcp-Method", method);
    String name = Requests.named(params);
    if (name != null) {
      more.put("Mcp-Name", name);
    }
    return open(
        "POST", Requests.stateless(ids.incrementAndGet(), method, params).getBytes(UTF_8), more);
  }

  Open openLegacy(String method, String params) throws IOException {
    return open(
        "POST", Requests.legacy(ids.incrementAndGet(), method, params).getBytes(UTF_8), Map.of());
  }

  Received post(String body) throws IOException {
    return post(body.getBytes(UTF_8));
  }

  Received post(byte[] body) throws IOException {
    return open("POST", body, Map.of()).received();
  }

  Open open(String verb, byte[] body, Map<String, String> more) throws IOException {
    Socket socket = new Socket(endpoint.getHost(), endpoint.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(60_000);
    StringBuilder head =
        new StringBuilder(verb + " " + endpoint.getPath() + " HTTP/1.1\r\nConnection: close\r\n");
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    all.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (verb.equals("POST")) {
      head.append("Content-Length: " + body.length + "\r\n");
    }
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.append("\r\n").toString().getBytes(UTF_8));
    request.writeBytes(body);
    try {
      socket.getOutputStream().write(request.toByteArray());
    } catch (IOException e) {
      // It need not read all of what it refuses; what it says of it can be read all the same.
    }
    return new Open(socket);
  }
}
