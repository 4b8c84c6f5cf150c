package io.mcpgovernor.gateway.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mcpgovernor.call.Principal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What passing a call on costs: processor time of a gateway that only relays, and what it adds to
 * the time a client waits. Server and client are processes of their own. A program, no test:
 *
 * <pre>java -cp ... io.mcpgovernor.gateway.http.HttpRelayCost [connections] [seconds] [bytes] [sse]
 * </pre>
 */
final class HttpRelayCost {
  private static final int WARM_UP_ROUNDS = 2;
  private static final int ROUNDS = 3;

  private HttpRelayCost() {}

  public static void main(String[] args) throws Exception {
    if (args.length > 0 && args[0].equals("server")) {
      serve(Integer.parseInt(args[1]), args[2].equals("sse"));
      return;
    }
    if (args.length > 0 && args[0].equals("client")) {
      ask(Integer.parseInt(args[1]), args[2]);
      return;
    }
    int connections = args.length > 0 ? Integer.parseInt(args[0]) : 1;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    String bytes = args.length > 2 ? args[2] : "1024";
    String kind = args.length > 3 ? args[3] : "json";
    Process server = child("server", bytes, kind);
    Process client = null;
    try (EventLoops loops = EventLoops.start(Integer.getInteger("loops", EventLoops.THREADS))) {
      BufferedReader said = server.inputReader(US_ASCII);
      int serverPort = Integer.parseInt(said.readLine());
      ByteBudget budget = ByteBudget.ofHeap();
      HttpUpstream upstream =
          new HttpUpstream(
              new HttpUpstreamOptions(
                  URI.create("http://127.0.0.1:" + serverPort + "/mcp"), loops, budget));
      HttpFront front =
          HttpFront.start(
              new HttpFrontOptions(
                      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), loops, budget)
                  .authenticator(Authenticator.everyone(Principal.verified("alice"))),
              Map.of("crm", exchange -> HttpRelayTest.relay(exchange, upstream)));
      client = child("client", Integer.toString(connections), bytes);
      BufferedReader answers = client.inputReader(US_ASCII);
      OutputStream orders = client.getOutputStream();
      for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
        String direct = order(orders, answers, serverPort, seconds);
        long before = cpuNanos();
        String through = order(orders, answers, front.address().getPort(), seconds);
        long cpu = cpuNanos() - before;
        long calls = Long.parseLong(through.split(" ")[0]);
        System.out.printf(
            Locale.ROOT,
            "%s direct: %s   through: %s   cpu %.1f us a call%n",
            round < WARM_UP_ROUNDS ? "(warm-up)" : "         ",
            described(direct, seconds),
            described(through, seconds),
            cpu / 1e3 / calls);
      }
      front.close(Duration.ZERO);
      upstream.close();
    } finally {
      server.destroyForcibly();
      if (client != null) {
        client.destroyForcibly();
      }
    }
  }

  private static String described(String result, int seconds) {
    String[] figures = result.split(" ");
    return String.format(
        Locale.ROOT,
        "%6d/s p50 %5.0f us p99 %6.0f us",
        Long.parseLong(figures[0]) / seconds,
        Long.parseLong(figures[1]) / 1e3,
        Long.parseLong(figures[2]) / 1e3);
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static Process child(String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                HttpRelayCost.class.getName()));
    command.addAll(Arrays.asList(args));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static String order(OutputStream orders, BufferedReader answers, int port, int seconds)
      throws IOException {
    orders.write((port + " " + seconds + "\n").getBytes(US_ASCII));
    orders.flush();
    return answers.readLine();
  }

  // The client.

  private static void ask(int connections, String bytes) throws Exception {
    BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      int port = Integer.parseInt(order.split(" ")[0]);
      long until = System.nanoTime() + Integer.parseInt(order.split(" ")[1]) * 1_000_000_000L;
      ConcurrentLinkedQueue<long[]> all = new ConcurrentLinkedQueue<>();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        threads.add(Thread.ofPlatform().start(() -> all.add(askUntil(port, until))));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      long[] nanos = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
      System.out.println(
          nanos.length + " " + nanos[nanos.length / 2] + " " + nanos[nanos.length * 99 / 100]);
    }
  }

  private static long[] askUntil(int port, long until) {
    String arguments = "a".repeat(900);
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"get\","
            + "\"arguments\":{\"text\":\""
            + arguments
            + "\"}}}";
    byte[] request =
        ("POST "
                + "/crm/mcp HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                + "accept: application/json, text/event-stream\r\nmcp-protocol-version:"
                + " 2025-11-25\r\nmcp-session-id: 0123456789abcdef\r\ncontent-length: "
                + body.length()
                + "\r\n\r\n"
                + body)
            .getBytes(US_ASCII);
    long[] nanos = new long[1 << 16];
    int count = 0;
    byte[] buffer = new byte[1 << 16];
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      for (long now = System.nanoTime(); now < until; count++) {
        if (count == nanos.length) {
          nanos = Arrays.copyOf(nanos, 2 * count);
        }
        out.write(request);
        readAnswer(in, buffer);
        long then = System.nanoTime();
        nanos[count] = then - now;
        now = then;
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return Arrays.copyOf(nanos, count);
  }

  private static void readAnswer(InputStream in, byte[] buffer) throws IOException {
    int size = 0;
    int missing = -1;
    while (true) {
      int read = in.read(buffer, size, buffer.length - size);
      if (read < 0) {
        throw new IOException("the end");
      }
      size += read;
      if (missing < 0) {
        int end = indexOf(buffer, size, "\r\n\r\n");
        if (end < 0) {
          continue;
        }
        int length = indexOf(buffer, end, "content-length: ");
        if (length >= 0) {
          int digit = length + 16;
          int value = 0;
          while (buffer[digit] != '\r') {
            value = value * 10 + buffer[digit++] - '0';
          }
          missing = end + 4 + value;
        } else if (new String(buffer, size - 5, 5, US_ASCII).equals("0\r\n\r\n")) {
          return;
        } else {
          size = Math.min(size, buffer.length / 2);
          continue;
        }
      }
      missing -= read == size ? size : read;
      if (missing <= 0) {
        return;
      }
      size = 0;
    }
  }

  private static int indexOf(byte[] bytes, int size, String text) {
    byte[] wanted = text.getBytes(US_ASCII);
    for (int i = 0; i <= size - wanted.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }

  // The server: one thread, and an answer that is always the same.

  private static void serve(int bytes, boolean sse) throws IOException {
    String result =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\""
            + "b".repeat(Math.max(0, bytes - 100))
            + "\"}]}}";
    String event = "event: message\ndata: " + result + "\n\n";
    byte[] answer =
        (sse
                ? "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding:"
                    + " chunked\r\n\r\n"
                    + Integer.toHexString(event.length())
                    + "\r\n"
                    + event
                    + "\r\n0\r\n\r\n"
                : "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
                    + result.length()
                    + "\r\n\r\n"
                    + result)
            .getBytes(US_ASCII);
    try (Selector selector = Selector.open();
        ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      listener.configureBlocking(false);
      listener.register(selector, SelectionKey.OP_ACCEPT);
      System.out.println(listener.socket().getLocalPort());
      ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
      ByteBuffer out = ByteBuffer.allocateDirect(answer.length);
      while (true) {
        selector.select(
            key -> {
              try {
                handle(key, selector, buffer, out, answer);
              } catch (IOException e) {
                key.cancel();
              }
            });
      }
    }
  }

  private static void handle(
      SelectionKey key, Selector selector, ByteBuffer in, ByteBuffer out, byte[] answer)
      throws IOException {
    if (key.isAcceptable()) {
      SocketChannel accepted = ((ServerSocketChannel) key.channel()).accept();
      accepted.configureBlocking(false);
      accepted.socket().setTcpNoDelay(true);
      accepted.register(selector, SelectionKey.OP_READ);
      return;
    }
    SocketChannel channel = (SocketChannel) key.channel();
    in.clear();
    int read = channel.read(in);
    if (read < 0) {
      channel.close();
      return;
    }
    // A request comes in one piece over loopback, and ends with its JSON.
    if (in.get(read - 1) != '}') {
      return;
    }
    out.clear().put(answer).flip();
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }
}
