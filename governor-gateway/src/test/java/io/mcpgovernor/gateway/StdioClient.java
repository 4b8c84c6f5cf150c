package io.mcpgovernor.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A client that writes lines and reads lines. */
final class StdioClient implements AutoCloseable {
  private static final String END = "";

  private final OutputStream out;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final AtomicInteger ids = new AtomicInteger();

  StdioClient(java.io.InputStream in, OutputStream out) {
    this.out = out;
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, UTF_8));
    Thread.startVirtualThread(
        () -> {
          try {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
              lines.add(line);
            }
          } catch (IOException e) {
            // The end, like any other.
          }
          lines.add(END);
        });
  }

  void write(byte[] line) throws IOException {
    out.write(line);
    out.write('\n');
    out.flush();
  }

  /** The next line; fails if there is none. */
  String line() throws InterruptedException {
    String line = lines.poll(60, TimeUnit.SECONDS);
    if (line == null || line.equals(END)) {
      throw new AssertionError(line == null ? "no line came" : "the other side is gone");
    }
    return line;
  }

  /** Sends a line and reads until its answer. */
  Received post(byte[] line) throws IOException, InterruptedException {
    write(line);
    return received("");
  }

  Received legacy(String method, String params) throws IOException, InterruptedException {
    int id = ids.incrementAndGet();
    write(Requests.legacy(id, method, params).getBytes(UTF_8));
    return received("\"id\":" + id + ",");
  }

  Received stateless(String method, String params) throws IOException, InterruptedException {
    int id = ids.incrementAndGet();
    write(Requests.stateless(id, method, params).getBytes(UTF_8));
    return received("\"id\":" + id + ",");
  }

  /** All lines up to an answer, of which this is a part. */
  private Received received(String part) throws InterruptedException {
    List<String> received = new ArrayList<>();
    while (true) {
      String line = line();
      received.add(line);
      if (line.contains(part) && (line.contains("\"result\"") || line.contains("\"error\""))) {
        return new Received(200, null, received, String.join("\n", received));
      }
    }
  }

  StdioClient initialized() throws IOException, InterruptedException {
    legacy(
        "initialize",
        "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
            + "\"clientInfo\":{\"name\":\"wire\",\"version\":\"1\"}}");
    write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}".getBytes(UTF_8));
    return this;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
