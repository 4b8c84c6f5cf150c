package io.mcpgovernor.gateway.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.gateway.message.MalformedMessageException;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.MessageBounds;
import java.util.HashMap;
import java.util.Map;

/** Messages and headers as tests write them: with single quotes. */
final class Texts {
  private static final MessageBounds BOUNDS = new MessageBounds(1 << 20, 256);

  private Texts() {}

  static Message client(String json) {
    try {
      return Message.ofClient(json.replace('\'', '"').getBytes(UTF_8), BOUNDS);
    } catch (MalformedMessageException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static Message server(String json) {
    try {
      return Message.ofServer(json.replace('\'', '"').getBytes(UTF_8), BOUNDS);
    } catch (MalformedMessageException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static Json json(String json) {
    return Json.text(json.replace('\'', '"'));
  }

  /** A request of 2026-07-28, with these parameters besides its {@code _meta}. */
  static Message request(String method, String params) {
    return client(
        "{'jsonrpc':'2.0','id':1,'method':'"
            + method
            + "','params':{"
            + params
            + (params.isEmpty() ? "" : ",")
            + "'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28',"
            + "'io.modelcontextprotocol/clientCapabilities':{}}}}");
  }

  /** Headers: name, value, name, value. */
  static Headers headers(String... namesAndValues) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      all.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Headers(all);
  }
}
