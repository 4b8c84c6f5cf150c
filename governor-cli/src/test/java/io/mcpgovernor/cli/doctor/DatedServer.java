package io.mcpgovernor.cli.doctor;

import io.mcpgovernor.call.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** A server over HTTP with some tools and a clock of its own. */
final class DatedServer implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Duration ahead;
  private final boolean hasSessions;
  private final String tools;

  /**
   * Starts one.
   *
   * @param ahead how far its clock is ahead of ours
   * @param hasSessions whether it is of the era of sessions; else it knows only the one after it
   * @param tools its list
   */
  DatedServer(Duration ahead, boolean hasSessions, String tools) throws IOException {
    this.ahead = ahead;
    this.hasSessions = hasSessions;
    this.tools = tools;
    Thread.startVirtualThread(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/mcp";
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.startVirtualThread(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      String head = head(in);
      while (!head.isEmpty()) {
        byte[] asked = in.readNBytes(length(head));
        String answer = asked.length == 0 ? "" : answer(head, Json.utf8(asked).object());
        String date =
            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plus(ahead).atOffset(ZoneOffset.UTC));
        String reply =
            (answer.isEmpty() ? "HTTP/1.1 202 Accepted" : "HTTP/1.1 200 OK")
                + "\r\nDate: "
                + date
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + answer.length()
                + "\r\n\r\n"
                + answer;
        client.getOutputStream().write(reply.getBytes(StandardCharsets.UTF_8));
        head = head(in);
      }
    } catch (IOException e) {
      // Whoever asked has gone.
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      head.append((char) c);
      if (head.toString().endsWith("\r\n\r\n")) {
        return head.toString().toLowerCase(Locale.ROOT);
      }
    }
    return "";
  }

  private static int length(String head) {
    return head.lines()
        .filter(line -> line.startsWith("content-length:"))
        .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
        .findFirst()
        .orElse(0);
  }

  private String answer(String head, Map<String, Object> asked) {
    boolean isStateless = head.contains("\r\nmcp-method: ");
    String result =
        switch (String.valueOf(asked.get("method"))) {
          case "initialize" ->
              hasSessions
                  ? "\"result\":{\"protocolVersion\":\"2025-06-18\",\"serverInfo\":{\"name\":"
                      + "\"s\",\"version\":\"1\"},\"capabilities\":{\"tools\":{}}}"
                  : refusal();
          case "tools/list" -> hasSessions == isStateless ? refusal() : "\"result\":" + tools;
          default -> "";
        };
    return result.isEmpty()
        ? ""
        : "{\"jsonrpc\":\"2.0\",\"id\":\"" + asked.get("id") + "\"," + result + "}";
  }

  private static String refusal() {
    return "\"error\":{\"code\":-32601,\"message\":\"There is no such method.\"}";
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
