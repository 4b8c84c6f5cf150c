package io.mcpgovernor.bench.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The server over Streamable HTTP, on the loopback interface only: a thread and a blocking socket a
 * connection, which is what costs least for the few hundred that benchmarks open. A GET opens a
 * stream on which nothing ever comes.
 */
public final class UpstreamHttp implements AutoCloseable {
  private static final int BACKLOG = 4_096; // a thousand clients may come at once
  private static final int STACK_BYTES = 256 * 1024;

  private final ServerSocketChannel server;
  private final UpstreamMessages messages = new UpstreamMessages();
  private final AnswerForm form;
  private final boolean hasSessions;

  private UpstreamHttp(ServerSocketChannel server, AnswerForm form, boolean hasSessions) {
    this.server = server;
    this.form = form;
    this.hasSessions = hasSessions;
  }

  /**
   * Starts to listen.
   *
   * @param port 0 for any free one
   * @param hasSessions whether {@code initialize} is answered with a session id
   * @throws IOException if the port cannot be had
   */
  public static UpstreamHttp start(int port, AnswerForm form, boolean hasSessions)
      throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    UpstreamHttp upstream = new UpstreamHttp(server, form, hasSessions);
    Thread.ofPlatform().daemon().name("upstream").start(upstream::accept);
    return upstream;
  }

  /** Where it listens. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.socket().getLocalPort() + "/mcp");
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel channel = server.accept();
        Thread.ofPlatform()
            .daemon()
            .stackSize(STACK_BYTES)
            .name("upstream-connection")
            .start(() -> serve(channel));
      }
    } catch (ClosedChannelException e) {
      // closed, as was asked for
    } catch (IOException e) {
      System.err.println("The upstream cannot accept connections: " + e.getMessage());
    }
  }

  private void serve(SocketChannel channel) {
    try (channel) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      new Connection(channel).serve();
    } catch (IOException e) {
      // the client is gone
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** One connection. */
  private final class Connection {
    private static final int REQUEST_BUFFER_BYTES = 16 * 1024;
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

    private final SocketChannel channel;
    private final HttpReader reader;

    /** Small, so that the head and the beginning of a message leave in one piece with the rest. */
    private final ByteBuffer head = ByteBuffer.allocateDirect(1_024);

    Connection(SocketChannel channel) {
      this.channel = channel;
      this.reader = new HttpReader(channel, REQUEST_BUFFER_BYTES);
    }

    void serve() throws IOException {
      while (reader.next()) {
        String line = reader.startLine();
        if (line.startsWith("POST ")) {
          post(reader.body());
        } else {
          reader.skipBody();
          if (line.startsWith("GET ")) {
            write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + CHUNKED);
          } else {
            write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
          }
        }
      }
    }

    private void post(byte[] body) throws IOException {
      UpstreamMessages.Answer answer = messages.answer(body);
      if (answer == null) {
        write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
        return;
      }
      head.clear();
      ascii("HTTP/1.1 200 OK\r\n");
      if (hasSessions && answer.method().equals("initialize")) {
        ascii("Mcp-Session-Id: " + UUID.randomUUID() + "\r\n");
      }
      switch (form) {
        case FIXED -> {
          ascii("Content-Type: application/json\r\nContent-Length: " + answer.bytes() + "\r\n\r\n");
          send(answer, "");
        }
        case CHUNKED -> {
          ascii("Content-Type: application/json\r\n" + CHUNKED);
          ascii(Integer.toHexString(answer.bytes()) + "\r\n");
          send(answer, "\r\n0\r\n\r\n");
        }
        case SSE -> {
          String before = "event: message\ndata: ";
          String after = "\n\n";
          ascii("Content-Type: text/event-stream\r\n" + CHUNKED);
          int bytes = before.length() + answer.bytes() + after.length();
          ascii(Integer.toHexString(bytes) + "\r\n" + before);
          send(answer, after + "\r\n0\r\n\r\n");
        }
      }
    }

    private void send(UpstreamMessages.Answer answer, String end) throws IOException {
      head.put(answer.open());
      ByteBuffer last = ByteBuffer.wrap(end.getBytes(StandardCharsets.US_ASCII));
      ByteBuffer[] parts = {head.flip(), answer.rest(), last};
      while (parts[0].hasRemaining() || parts[1].hasRemaining() || parts[2].hasRemaining()) {
        channel.write(parts);
      }
    }

    private void write(String text) throws IOException {
      head.clear();
      ascii(text);
      head.flip();
      while (head.hasRemaining()) {
        channel.write(head);
      }
    }

    private void ascii(String text) {
      head.put(text.getBytes(StandardCharsets.US_ASCII));
    }
  }
}
