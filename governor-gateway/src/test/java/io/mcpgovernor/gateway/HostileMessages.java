package io.mcpgovernor.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.Stream;

/**
 * Messages of which the gateway and a server could have different opinions, or that are none at
 * all.
 */
final class HostileMessages {
  /**
   * One.
   *
   * @param what is wrong with it
   * @param says a part of what the sender has to be told
   */
  record Hostile(String what, byte[] message, String says) {
    @Override
    public String toString() {
      return what;
    }

    /** Whether it can be sent as a line; one of blanks is skipped. */
    boolean isOneLine() {
      String text = new String(message, ISO_8859_1);
      return !text.isBlank() && text.chars().noneMatch(c -> c == '\n' || c == '\r');
    }
  }

  private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",";
  private static final String LOOK = "\"params\":{\"name\":\"look\",\"arguments\":{}}}";

  private HostileMessages() {}

  static Stream<Hostile> all() {
    return Stream.of(
        said("nothing", "", "no message"),
        said("blanks", "   ", "no message"),
        said("no JSON", "GET / HTTP/1.1", "JSON"),
        said("a number", "17", "object"),
        said("a text", "\"tools/call\"", "object"),
        said("two messages", CALL + LOOK + CALL + LOOK, "message"),
        said("a batch", "[" + CALL + LOOK + "]", "Batches"),
        said("an empty batch", "[]", "Batches"),
        said("cut off", CALL + "\"params\":{\"name\":\"look\",\"argu", "message"),
        said("cut off in a text", CALL + "\"params\":{\"name\":\"lo", "message"),
        said("cut off before its end", CALL + LOOK.substring(0, LOOK.length() - 1), "message"),
        said("no version", "{\"id\":1,\"method\":\"tools/call\"," + LOOK, "jsonrpc"),
        said("version 1", "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}", "jsonrpc"),
        said("version as a number", "{\"jsonrpc\":2.0,\"id\":1,\"method\":\"ping\"}", "jsonrpc"),
        said("no method", "{\"jsonrpc\":\"2.0\",\"id\":1}", "method"),
        said("a method that is none", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":[]}", "method"),
        said("an id that is null", "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}", "id"),
        said("an id of its own kind", "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}", "id"),
        said("an id with a fraction", "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}", "id"),
        said("parameters in a row", CALL + "\"params\":[\"look\"]}", "params"),
        said("two methods", CALL + "\"method\":\"ping\"," + LOOK, "twice"),
        said("two methods, one escaped", CALL + "\"meth\\u006fd\":\"ping\"," + LOOK, "twice"),
        said("two ids", CALL + "\"id\":2," + LOOK, "twice"),
        said("two params", CALL + "\"params\":{}," + LOOK, "twice"),
        said("two names", CALL + "\"params\":{\"name\":\"look\",\"name\":\"rm\"}}", "twice"),
        said(
            "two names, one escaped",
            CALL + "\"params\":{\"name\":\"look\",\"n\\u0061me\":\"rm\"}}",
            "twice"),
        said(
            "two arguments",
            CALL + "\"params\":{\"name\":\"look\",\"arguments\":{\"a\":1,\"a\":2}}}",
            "twice"),
        said(
            "two of a kind, far down",
            CALL
                + "\"params\":{\"name\":\"look\",\"arguments\":{\"a\":[{\"b\":{\"c\":1,\"\\u0063\":2}}]}}}",
            "twice"),
        said("a method in capitals", CALL + "\"Method\":\"ping\"," + LOOK, "case"),
        said(
            "a name in capitals", CALL + "\"params\":{\"name\":\"look\",\"NAME\":\"rm\"}}", "case"),
        said("only a name in capitals", CALL + "\"params\":{\"Name\":\"rm\"}}", "case"),
        said(
            "a Kelvin sign in tasks' id",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tasks/get\","
                + "\"params\":{\"taskId\":\"1\",\"tas\u212aId\":\"2\"}}",
            "case"),
        said("a long s in params", CALL + "\"param\u017f\":{\"name\":\"rm\"}," + LOOK, "case"),
        said("a mark of byte order", "\ufeff" + CALL + LOOK, "byte order mark"),
        bytes("half of UTF-8", CALL + "\"params\":{\"name\":\"l\u00c3(\"}}", "UTF-8"),
        bytes(
            "a surrogate in UTF-8",
            CALL + "\"params\":{\"name\":\"\u00ed\u00a0\u0080\"}}",
            "UTF-8"),
        bytes("an overlong slash", CALL + "\"params\":{\"name\":\"\u00c0\u00af\"}}", "UTF-8"),
        new Hostile(
            "UTF-16",
            (CALL + LOOK).getBytes(java.nio.charset.StandardCharsets.UTF_16LE),
            "message"),
        said("a control character", CALL + "\"params\":{\"name\":\"l\u0001\"}}", "message"),
        said(
            "a number with a zero first",
            CALL + "\"params\":{\"name\":\"look\",\"a\":01}}",
            "message"),
        said("not a number", CALL + "\"params\":{\"name\":\"look\",\"a\":NaN}}", "message"),
        said("a comma at the end", CALL + "\"params\":{\"name\":\"look\",}}", "message"),
        said("a comment", CALL + "/* */" + LOOK, "message"),
        said("single quotes", CALL.replace('"', '\'') + LOOK, "message"),
        said(
            "too deep",
            CALL + "\"params\":{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}}",
            "deep"),
        said(
            "a method without end",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + "a".repeat(3_000) + "\"}",
            "method"),
        said(
            "an id without end",
            "{\"jsonrpc\":\"2.0\",\"id\":\"" + "a".repeat(3_000) + "\",\"method\":\"ping\"}",
            "id"),
        said(
            "a call without an id", "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\"," + LOOK, "id"),
        said("a request and an answer", CALL + "\"result\":{}," + LOOK, "result"));
  }

  /** Messages that are well said but larger than {@code bytes}. */
  static List<Hostile> largerThan(int bytes) {
    String name = "a".repeat(bytes);
    return List.of(
        said("too large", CALL + "\"params\":{\"name\":\"" + name + "\"}}", "at most"),
        said("too large by blanks", CALL + " ".repeat(bytes) + LOOK, "at most"));
  }

  private static Hostile said(String what, String message, String says) {
    return new Hostile(what, message.getBytes(UTF_8), says);
  }

  private static Hostile bytes(String what, String message, String says) {
    return new Hostile(what, message.getBytes(ISO_8859_1), says);
  }
}
