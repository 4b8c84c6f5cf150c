package io.mcpgovernor.bench.gateway;

import io.mcpgovernor.bench.upstream.HttpReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One client with a connection and, if the server has them, a session of its own. Calls one after
 * the other and looks at results no further than it must: at the status and the length, which a
 * refusal would not have. Not thread-safe; blocks.
 */
final class LoadClient implements AutoCloseable {
  /** So that a thousand idle clients fit beside the busy ones. */
  static final int SMALL_BUFFER_BYTES = 4 * 1024;

  private static final int BUFFER_BYTES = 128 * 1024;

  /** Comments between the events of a stream may make one answer longer than another. */
  private static final int LENGTHS_APART_MAX = 128;

  private final URI uri;
  private final CallTemplate template;
  private final int bufferBytes;
  private SocketChannel channel;
  private HttpReader reader;
  private long expectedBytes;
  private long reconnected;
  private boolean isStreaming;

  private LoadClient(URI uri, String protocol, String headers, int bufferBytes) throws IOException {
    this.uri = uri;
    this.template = new CallTemplate(uri, protocol, headers);
    this.bufferBytes = bufferBytes;
    this.channel = connect(uri);
    this.reader = new HttpReader(channel, bufferBytes);
  }

  /**
   * Connects and begins a session, except for the revision that has none.
   *
   * @param protocol the revision of MCP to speak
   */
  static LoadClient open(URI uri, String protocol) throws IOException {
    return open(uri, protocol, "", BUFFER_BYTES);
  }

  /** The same, for a target's clients. */
  static LoadClient open(Target target, String protocol) throws IOException {
    return open(target.uri(), protocol, target.headers(), BUFFER_BYTES);
  }

  static LoadClient open(URI uri, String protocol, int bufferBytes) throws IOException {
    return open(uri, protocol, "", bufferBytes);
  }

  private static LoadClient open(URI uri, String protocol, String headers, int bufferBytes)
      throws IOException {
    LoadClient client = new LoadClient(uri, protocol, headers, bufferBytes);
    try {
      client.begin();
    } catch (IOException e) {
      client.channel.close();
      throw e;
    }
    return client;
  }

  private static SocketChannel connect(URI uri) throws IOException {
    SocketChannel channel = SocketChannel.open(new InetSocketAddress(uri.getHost(), uri.getPort()));
    return channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  private void begin() throws IOException {
    if (template.isStateless()) {
      return;
    }
    exchange(template.initialize());
    String session = reader.header("Mcp-Session-Id");
    expect(200, reader.body());
    template.session(session);
    exchange(template.initialized());
    expect(202, reader.body());
  }

  /** Asks for the stream on which a server speaks first, and leaves it open. */
  void openStream() throws IOException {
    exchange(template.stream());
    if (reader.status() != 200) {
      throw new IOException("no stream: status " + reader.status());
    }
    isStreaming = true;
  }

  /** Whether the stream is still open; nothing but comments may come on it. */
  boolean isStreamOpen() throws IOException {
    channel.configureBlocking(false);
    ByteBuffer some = ByteBuffer.allocate(SMALL_BUFFER_BYTES);
    int read = channel.read(some);
    while (read > 0) {
      read = channel.read(some.clear());
    }
    return read == 0;
  }

  /**
   * Prepares calls, makes the first one, and returns the message of its answer. Later ones are held
   * to its length.
   *
   * @param bytes how long the text of each result is
   */
  String first(int bytes) throws IOException {
    template.prepare(bytes);
    send();
    byte[] body = reader.body();
    expect(200, body);
    expectedBytes = body.length;
    String text = new String(body, StandardCharsets.UTF_8);
    int data = text.startsWith("{") ? 0 : text.indexOf("data: {") + "data: ".length();
    String message = text.substring(data).strip();
    if (!message.contains("\"result\":") || message.contains("\"isError\":true")) {
      throw new IOException("refused: " + start(message));
    }
    return message;
  }

  /**
   * One more call, timed.
   *
   * @return nanoseconds until the whole answer was there
   * @throws IOException if it was another answer than expected, or none
   */
  long call() throws IOException {
    long started = System.nanoTime();
    send();
    if (reader.status() != 200) {
      throw new IOException("status " + reader.status() + ": " + start(text(reader.body())));
    }
    long bytes = reader.skipBody();
    long nanos = System.nanoTime() - started;
    if (Math.abs(bytes - expectedBytes) > LENGTHS_APART_MAX) {
      throw new IOException("an answer of " + bytes + " bytes instead of " + expectedBytes);
    }
    return nanos;
  }

  /** How often the connection had been closed by the other side, and was opened again. */
  long reconnected() {
    return reconnected;
  }

  private void send() throws IOException {
    ByteBuffer request = template.nextCall();
    try {
      write(request);
      if (reader.next()) {
        return;
      }
    } catch (IOException e) {
      // Closed while it was idle; seen only now.
    }
    reconnected++;
    channel.close();
    channel = connect(uri);
    reader = new HttpReader(channel, bufferBytes);
    write(request.rewind());
    next();
  }

  private void exchange(byte[] request) throws IOException {
    write(ByteBuffer.wrap(request));
    next();
  }

  private void next() throws IOException {
    if (!reader.next()) {
      throw new IOException("the server closed the connection");
    }
  }

  private void write(ByteBuffer request) throws IOException {
    while (request.hasRemaining()) {
      channel.write(request);
    }
  }

  private void expect(int status, byte[] body) throws IOException {
    if (reader.status() != status) {
      throw new IOException(
          "status " + reader.status() + " instead of " + status + ": " + start(text(body)));
    }
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static String start(String text) {
    return text.substring(0, Math.min(text.length(), 300));
  }

  @Override
  public void close() throws IOException {
    try (SocketChannel open = channel) {
      if (open.isConnected()
          && template.hasSession()
          && !isStreaming) { // what is open is one answer still
        exchange(template.delete());
      }
    }
  }
}
