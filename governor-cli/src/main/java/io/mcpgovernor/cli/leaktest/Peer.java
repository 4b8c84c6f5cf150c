package io.mcpgovernor.cli.leaktest;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The server under test, message by message. Used by one thread. */
interface Peer extends AutoCloseable {
  /**
   * Everything received for a request.
   *
   * @param messages as they came; the response last, if there was one in time
   */
  record Received(List<String> messages, boolean isAnswered) {}

  /**
   * Sends a request and waits for its response.
   *
   * @param id the request's
   * @throws IOException if the server is gone
   */
  Received ask(long id, String request, Duration timeout) throws IOException;

  /** Sends what needs no response. */
  void tell(String notification) throws IOException;

  @Override
  void close();

  /** Whether a message is the response to a request. */
  static boolean answers(String message, long id) {
    var members = WireJson.object(WireJson.read(message));
    return members.get("id") instanceof Number of
        && of.longValue() == id
        && !members.containsKey("method");
  }
}
