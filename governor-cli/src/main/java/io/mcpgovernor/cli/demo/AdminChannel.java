package io.mcpgovernor.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * How an administrator reaches a governor in another process: a local socket, which is safe because
 * its directory is its owner's only. Over MCP it must not go: whoever calls tools could call it as
 * well. A connection carries one change and its answer.
 */
final class AdminChannel {
  private static final String DONE = "done";
  private static final int LINE_BYTES = 1_024;

  private AdminChannel() {}

  /**
   * Takes changes, one at a time, for as long as the process lives.
   *
   * @param socket a file that is not there, in a directory that is its owner's only
   */
  static void listen(Path socket, Consumer<GrantChange> change) {
    ServerSocketChannel server;
    try {
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on " + socket, e);
    }
    Thread.ofPlatform()
        .daemon()
        .name("admin")
        .start(
            () -> {
              try {
                while (true) {
                  answer(server.accept(), change);
                }
              } catch (IOException e) {
                System.err.println("no administrator can be heard any more: " + e);
              }
            });
  }

  private static void answer(SocketChannel administrator, Consumer<GrantChange> change) {
    try (administrator) {
      String answer;
      try {
        change.accept(GrantChange.parse(read(administrator)));
        answer = DONE;
      } catch (RuntimeException e) {
        answer = String.valueOf(e.getMessage());
      }
      write(administrator, answer);
    } catch (IOException e) {
      System.err.println("an administrator has gone without an answer: " + e);
    }
  }

  /**
   * Makes a change; when this returns, it counts.
   *
   * @throws IllegalStateException if it could not be made
   */
  static void send(Path socket, GrantChange change) {
    String answer;
    try (SocketChannel governor = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      write(governor, change.line());
      answer = read(governor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!answer.equals(DONE)) {
      throw new IllegalStateException(change.line() + " failed: " + answer);
    }
  }

  /** Writes all there is to say in this direction. */
  private static void write(SocketChannel to, String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
    to.shutdownOutput();
  }

  private static String read(SocketChannel from) throws IOException {
    return new String(Channels.newInputStream(from).readNBytes(LINE_BYTES), StandardCharsets.UTF_8);
  }
}
