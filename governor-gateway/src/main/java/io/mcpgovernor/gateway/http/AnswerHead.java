package io.mcpgovernor.gateway.http;

import io.mcpgovernor.gateway.relay.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Status lines and headers of what the front answers. */
final class AnswerHead {
  private static final byte[] CLOSE = Wire.ascii("connection: close\r\n");
  private static final byte[] KEEP_ALIVE = Wire.ascii("connection: keep-alive\r\n");
  private static final byte[] JSON = Wire.ascii("content-type: application/json\r\n");
  private static final byte[] NO_STORE = Wire.ascii("cache-control: no-store\r\n");
  private static final byte[] CHUNKED = Wire.ascii("transfer-encoding: chunked\r\n");
  // Proxies would otherwise keep events until they have more of them.
  private static final byte[] EVENTS =
      Wire.ascii(
          "content-type: text/event-stream\r\ncache-control: no-cache\r\nx-accel-buffering: no\r\n");

  private static final DateTimeFormatter DATES =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static volatile Date date = new Date(Long.MIN_VALUE, "");

  private record Date(long second, String header) {}

  private AnswerHead() {}

  static void json(
      ByteBuf out, int status, Map<String, String> headers, int length, boolean keepAlive) {
    begin(out, status, keepAlive, false);
    out.writeBytes(JSON).writeBytes(NO_STORE);
    headers.forEach((name, value) -> Wire.header(out, name, value));
    Wire.contentLength(out, length);
    Wire.lineEnd(out);
  }

  static void plain(
      ByteBuf out, int status, Headers headers, int length, boolean keepAlive, boolean http10) {
    begin(out, status, keepAlive, http10);
    if (length > 0 && headers.get(Headers.CONTENT_TYPE) == null) {
      out.writeBytes(JSON);
    }
    out.writeBytes(NO_STORE);
    PassedHeaders.writeToClient(headers, out);
    // A body, and so its length, is what these cannot have.
    if (status >= 200 && status != 204 && status != 304) {
      Wire.contentLength(out, length);
    }
    Wire.lineEnd(out);
  }

  static void stream(ByteBuf out, int status, Headers headers, boolean keepAlive, boolean http10) {
    begin(out, status, keepAlive, http10);
    out.writeBytes(EVENTS);
    headers
        .all()
        .forEach(
            (name, value) -> {
              if (!name.equals(Headers.CONTENT_TYPE)) {
                PassedHeaders.writeToClient(name, value, out);
              }
            });
    if (!http10) {
      out.writeBytes(CHUNKED);
    }
    Wire.lineEnd(out);
  }

  private static void begin(ByteBuf out, int status, boolean keepAlive, boolean http10) {
    Wire.statusLine(out, status);
    ByteBufUtil.writeAscii(out, date());
    if (!keepAlive) {
      out.writeBytes(CLOSE);
    } else if (http10) {
      out.writeBytes(KEEP_ALIVE);
    }
  }

  /** Made once a second. */
  private static String date() {
    long second = System.currentTimeMillis() / 1_000;
    Date current = date;
    if (current.second != second) {
      String text = DATES.format(Instant.ofEpochSecond(second));
      current = new Date(second, "date: " + text + "\r\n");
      date = current;
    }
    return current.header;
  }
}
