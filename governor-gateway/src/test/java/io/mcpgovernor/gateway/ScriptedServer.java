package io.mcpgovernor.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An MCP server that answers as a test tells it, byte for byte where it must be, and remembers all
 * it was sent. It can be reached over HTTP, and as a process whose standard streams are joined to
 * it ({@link JoinedProcess}).
 */
final class ScriptedServer implements AutoCloseable {
  /** What it does with a message. */
  @FunctionalInterface
  interface Script {
    void answer(Asked asked) throws Exception;
  }

  private final ServerSocket http = listener();
  private final ServerSocket lines = listener();
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final List<Asked> seen = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger sessions = new AtomicInteger();
  private volatile String tools = "";

  ScriptedServer() throws IOException {
    Thread.startVirtualThread(() -> accept(http, this::serveHttp));
    Thread.startVirtualThread(() -> accept(lines, this::serveLines));
    tool("{\"name\":\"look\",\"inputSchema\":{\"type\":\"object\"}}");
    behave();
  }

  /** Does what a server does, whatever it was told before. */
  void behave() {
    scripts.clear();
    on("initialize", this::initialize);
    on("tools/list", asked -> asked.result("{\"tools\":[" + tools + "]}"));
    on("tools/call", asked -> asked.text("done"));
    on("ping", asked -> asked.result("{}"));
    on("GET", asked -> asked.raw("HTTP/1.1 405 No\r\ncontent-length: 0\r\n\r\n"));
    on("DELETE", asked -> asked.raw("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
  }

  private static ServerSocket listener() throws IOException {
    return new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
  }

  /** What is done with messages of a method, or with {@code GET} and {@code DELETE}. */
  ScriptedServer on(String method, Script script) {
    scripts.put(method, script);
    return this;
  }

  /** Lists one more tool. */
  ScriptedServer tool(String definition) {
    tools = tools.isEmpty() ? definition : tools + "," + definition;
    return this;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + http.getLocalPort() + "/mcp");
  }

  /** Starts a process that is this server. */
  List<String> command() {
    return List.of(
        System.getProperty("java.home") + "/bin/java",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        "-cp",
        System.getProperty("java.class.path"),
        JoinedProcess.class.getName(),
        String.valueOf(lines.getLocalPort()));
  }

  /** All it was sent, in its order. */
  List<Asked> seen() {
    return seen;
  }

  /** What it was sent of a method, or by {@code GET} and {@code DELETE}. */
  List<Asked> seen(String method) {
    return seen.stream().filter(asked -> key(asked).equals(method)).toList();
  }

  /** Connections and processes so far. */
  int connections() {
    return connections.get();
  }

  private void initialize(Asked asked) throws IOException {
    String result =
        "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{},\"resources\":{},"
            + "\"prompts\":{},\"logging\":{},\"completions\":{}},"
            + "\"serverInfo\":{\"name\":\"scripted\",\"version\":\"1\"}}";
    String body = "{\"jsonrpc\":\"2.0\",\"id\":" + asked.id() + ",\"result\":" + result + "}";
    if (asked.head().isEmpty()) {
      asked.answer(body);
      return;
    }
    asked.raw(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nmcp-session-id: session-"
            + sessions.incrementAndGet()
            + "\r\ncontent-length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private static String key(Asked asked) {
    return asked.verb().equals("POST") ? asked.method() : asked.verb();
  }

  private void answer(Asked asked) throws Exception {
    seen.add(asked);
    Script script = scripts.get(key(asked));
    if (script != null) {
      script.answer(asked);
    } else if (asked.isRequest()) {
      asked.error(-32_601, "No such method", "null");
    } else {
      asked.accepted();
    }
  }

  private void accept(ServerSocket listener, Connected connected) {
    try {
      while (true) {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        connections.incrementAndGet();
        open.add(socket);
        Thread.startVirtualThread(() -> connected.serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  @FunctionalInterface
  private interface Connected {
    void serve(Socket socket);
  }

  private void serveHttp(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (Asked asked = read(in, socket); asked != null; asked = read(in, socket)) {
        answer(asked);
      }
    } catch (Exception e) {
      // The test sees what the gateway makes of it.
    }
  }

  private void serveLines(Socket socket) {
    try (socket) {
      BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Asked asked = new OnLine(line, socket);
        Thread.startVirtualThread(
            () -> {
              try {
                answer(asked);
              } catch (Exception e) {
                // The test sees what the gateway makes of it.
              }
            });
      }
    } catch (IOException e) {
      // Gone.
    }
  }

  private static @Nullable Asked read(InputStream in, Socket socket) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!bytes.toString(UTF_8).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      bytes.write(next);
    }
    String head = bytes.toString(UTF_8);
    int length = 0;
    for (String line : head.split("\r\n")) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    String body = new String(in.readNBytes(length), UTF_8);
    return new OverHttp(head, body, in, socket);
  }

  private static final class OverHttp extends Asked {
    private final InputStream in;
    private final Socket socket;
    private final OutputStream out;
    private boolean streams;

    OverHttp(String head, String body, InputStream in, Socket socket) throws IOException {
      super(head.substring(0, head.indexOf(' ')), head, body);
      this.in = in;
      this.socket = socket;
      this.out = socket.getOutputStream();
    }

    @Override
    void accepted() throws IOException {
      raw("HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n");
    }

    @Override
    void answer(String message) throws IOException {
      if (streams) {
        say(message);
        endStream();
        return;
      }
      raw(
          "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
              + message.getBytes(UTF_8).length
              + "\r\n\r\n"
              + message);
    }

    @Override
    void say(String message) throws IOException {
      event("data: " + message + "\n\n");
    }

    @Override
    void say(String eventId, String message) throws IOException {
      event("id: " + eventId + "\ndata: " + message + "\n\n");
    }

    private void event(String event) throws IOException {
      if (!streams) {
        streams = true;
        raw(
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
                + "transfer-encoding: chunked\r\n\r\n");
      }
      raw(Integer.toHexString(event.getBytes(UTF_8).length) + "\r\n" + event + "\r\n");
    }

    @Override
    void endStream() throws IOException {
      raw("0\r\n\r\n");
    }

    @Override
    void raw(String text) throws IOException {
      out.write(text.getBytes(UTF_8));
      out.flush();
    }

    @Override
    void close() throws IOException {
      socket.close();
    }

    @Override
    void awaitClose() throws IOException {
      try {
        while (in.read() >= 0) {
          continue;
        }
      } catch (java.net.SocketException e) {
        return; // closed the hard way
      }
    }
  }

  private static final class OnLine extends Asked {
    private final Socket socket;

    OnLine(String line, Socket socket) {
      super("POST", "", line);
      this.socket = socket;
    }

    @Override
    void accepted() {
      // Nothing is said.
    }

    @Override
    void answer(String message) throws IOException {
      raw(message + "\n");
    }

    @Override
    void say(String message) throws IOException {
      raw(message + "\n");
    }

    @Override
    void say(String eventId, String message) throws IOException {
      raw(message + "\n");
    }

    @Override
    void endStream() {
      // There is none.
    }

    @Override
    void raw(String text) throws IOException {
      synchronized (socket) {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        socket.getOutputStream().flush();
      }
    }

    @Override
    void close() throws IOException {
      socket.close();
    }

    @Override
    void awaitClose() {
      throw new UnsupportedOperationException("lines of all requests come the same way");
    }
  }

  /** Closes what is open, but goes on listening. */
  void closeConnections() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    http.close();
    lines.close();
    closeConnections();
  }
}
