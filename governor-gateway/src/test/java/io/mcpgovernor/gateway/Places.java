package io.mcpgovernor.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** The places of the protocol in which a server can put what it should not have said. */
final class Places {
  /** What must not get out, in any place: an e-mail address, an SSN, a card and a phone number. */
  static final String MARKER =
      "jane.leak@corp.example, SSN 123-45-6789, card 4111-1111-1111-1111, tel (555) 867-5309";

  /** Parts of the marker of which none may be anywhere. */
  static final List<String> PARTS =
      List.of("jane.leak", "123-45-6789", "4111-1111-1111-1111", "867-5309");

  static final String BASE64 =
      Base64.getEncoder().encodeToString(("Notes: " + MARKER).getBytes(UTF_8));

  private static final String LOOK = "{\"name\":\"look\",\"arguments\":{}}";
  private static final String NOTE = "{\"note\":\"" + MARKER + "\"}";

  /**
   * One.
   *
   * @param method what the client asks
   * @param params with what
   * @param script what the server says to it
   */
  record Place(String name, String method, String params, ScriptedServer.Script script) {
    @Override
    public String toString() {
      return name;
    }
  }

  private Places() {}

  static Stream<Place> all() {
    return Stream.of(answersOfTools(), answersOfMethods(), errors(), besides()).flatMap(s -> s);
  }

  private static Stream<Place> answersOfTools() {
    return Stream.of(
        tool("text", "{\"content\":[{\"type\":\"text\",\"text\":\"" + MARKER + "\"}]}"),
        tool(
            "JSON in text",
            "{\"content\":[{\"type\":\"text\",\"text\":\"{\\\"note\\\":\\\""
                + MARKER
                + "\\\"}\"}]}"),
        tool("structured content", "{\"content\":[],\"structuredContent\":" + NOTE + "}"),
        tool("a key", "{\"content\":[],\"structuredContent\":{\"" + MARKER + "\":1}}"),
        tool(
            "the same key twice",
            "{\"content\":[],\"structuredContent\":{\"a\":\"" + MARKER + "\",\"a\":1}}"),
        tool(
            "escaped",
            "{\"content\":[{\"type\":\"text\",\"text\":\"jane.leak\\u0040corp.example"
                + " \\u0031\\u00323-45-6789\"}]}"),
        tool(
            "an embedded resource",
            "{\"content\":[{\"type\":\"resource\",\"resource\":{\"uri\":\"note://1\","
                + "\"mimeType\":\"text/plain\",\"text\":\""
                + MARKER
                + "\"}}]}"),
        tool(
            "a blob",
            "{\"content\":[{\"type\":\"resource\",\"resource\":{\"uri\":\"note://1\","
                + "\"mimeType\":\"text/plain\",\"blob\":\""
                + BASE64
                + "\"}}]}"),
        tool(
            "a text that says it is an image",
            "{\"content\":[{\"type\":\"image\",\"mimeType\":\"image/png\",\"data\":\""
                + BASE64
                + "\"}]}"),
        tool(
            "a link",
            "{\"content\":[{\"type\":\"resource_link\",\"uri\":\"note://1\",\"name\":\"n\","
                + "\"title\":\""
                + MARKER
                + "\",\"description\":\""
                + MARKER
                + "\"}]}"),
        tool(
            "annotations",
            "{\"content\":[{\"type\":\"text\",\"text\":\"ok\",\"annotations\":" + NOTE + "}]}"),
        tool("the result's _meta", "{\"content\":[],\"_meta\":" + NOTE + "}"),
        tool(
            "a block's _meta",
            "{\"content\":[{\"type\":\"text\",\"text\":\"ok\",\"_meta\":" + NOTE + "}]}"),
        tool("a field nobody knows", "{\"content\":[],\"x-extra\":[[" + NOTE + "]]}"),
        tool("a block nobody knows", "{\"content\":[{\"type\":\"hologram\",\"x\":" + NOTE + "}]}"),
        tool(
            "an error's text",
            "{\"isError\":true,\"content\":[{\"type\":\"text\",\"text\":\"" + MARKER + "\"}]}"),
        tool("no object", "\"" + MARKER + "\""),
        tool("a row", "[\"" + MARKER + "\"]"),
        tool(
            "questions before going on",
            "{\"resultType\":\"input_required\",\"requestState\":\"s\",\"inputRequests\":{\"q\":"
                + "{\"method\":\"elicitation/create\",\"params\":{\"message\":\""
                + MARKER
                + "\",\"requestedSchema\":{\"type\":\"object\",\"properties\":{}}}}}}"),
        tool(
            "a task",
            "{\"task\":{\"taskId\":\"t-1\",\"status\":\"working\",\"statusMessage\":\""
                + MARKER
                + "\"}}"),
        place(
            "beside the result",
            "tools/call",
            LOOK,
            asked ->
                asked.answer(
                    "{\"jsonrpc\":\"2.0\",\"note\":\""
                        + MARKER
                        + "\",\"id\":"
                        + asked.id()
                        + ",\"result\":{\"content\":[]}}")),
        place(
            "a key beside the result",
            "tools/call",
            LOOK,
            asked ->
                asked.answer(
                    "{\"jsonrpc\":\"2.0\",\""
                        + MARKER
                        + "\":1,\"id\":"
                        + asked.id()
                        + ",\"result\":{\"content\":[]}}")));
  }

  private static Stream<Place> answersOfMethods() {
    String uri = "{\"uri\":\"note://1\"}";
    return Stream.of(
        method(
            "resource contents",
            "resources/read",
            uri,
            "{\"contents\":[{\"uri\":\"note://1\",\"mimeType\":\"text/plain\",\"text\":\""
                + MARKER
                + "\",\"_meta\":"
                + NOTE
                + "}],\"_meta\":"
                + NOTE
                + "}"),
        method(
            "a resource's blob",
            "resources/read",
            uri,
            "{\"contents\":[{\"uri\":\"note://1\",\"mimeType\":\"text/plain\",\"blob\":\""
                + BASE64
                + "\"}]}"),
        method(
            "a prompt",
            "prompts/get",
            "{\"name\":\"greet\",\"arguments\":{}}",
            "{\"description\":\""
                + MARKER
                + "\",\"messages\":[{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\""
                + MARKER
                + "\"}}]}"),
        method(
            "a completion",
            "completion/complete",
            "{\"ref\":{\"type\":\"ref/prompt\",\"name\":\"greet\"},"
                + "\"argument\":{\"name\":\"who\",\"value\":\"j\"}}",
            "{\"completion\":{\"values\":[\"" + MARKER + "\"],\"total\":1}}"),
        method(
            "a method nobody knows",
            "acme/export",
            "{\"what\":\"all\"}",
            "{\"rows\":[" + NOTE + "]}"),
        method("a subscription's answer", "resources/subscribe", uri, NOTE),
        method("the end of a subscription", "resources/unsubscribe", uri, NOTE),
        method("a pong", "ping", "{}", NOTE),
        method("a level set", "logging/setLevel", "{\"level\":\"info\"}", NOTE),
        method(
            "instructions",
            "server/discover",
            "{}",
            "{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{},"
                + "\"serverInfo\":{\"name\":\"s\",\"version\":\"1\",\"description\":\""
                + MARKER
                + "\"},\"instructions\":\""
                + MARKER
                + "\"}"),
        method(
            "a list of resources",
            "resources/list",
            "{}",
            "{\"resources\":[{\"uri\":\"note://1\",\"name\":\""
                + MARKER
                + "\",\"title\":\""
                + MARKER
                + "\",\"description\":\""
                + MARKER
                + "\",\"annotations\":"
                + NOTE
                + ",\"_meta\":"
                + NOTE
                + "}]}"),
        method(
            "beside a list of resources",
            "resources/list",
            "{}",
            "{\"resources\":[],\"_meta\":" + NOTE + "}"),
        method(
            "another list than asked for",
            "resources/list",
            "{}",
            "{\"resources\":[],\"people\":[" + NOTE + "]}"),
        method(
            "a list of templates",
            "resources/templates/list",
            "{}",
            "{\"resourceTemplates\":[{\"uriTemplate\":\"note://{id}\",\"name\":\""
                + MARKER
                + "\",\"description\":\""
                + MARKER
                + "\"}]}"),
        method(
            "a list of prompts",
            "prompts/list",
            "{}",
            "{\"prompts\":[{\"name\":\"greet\",\"title\":\""
                + MARKER
                + "\",\"description\":\""
                + MARKER
                + "\",\"arguments\":[{\"name\":\"who\",\"description\":\""
                + MARKER
                + "\"}]}]}"),
        method(
            "beside a list of prompts",
            "prompts/list",
            "{}",
            "{\"prompts\":[],\"x\":" + NOTE + "}"),
        method("a list that is none", "prompts/list", "{}", "{\"prompts\":\"" + MARKER + "\"}"),
        method("a list of texts", "resources/list", "{}", "{\"resources\":[\"" + MARKER + "\"]}"),
        method(
            "beside a list of tools", "tools/list", "{}", "{\"tools\":[],\"_meta\":" + NOTE + "}"),
        method("no list of tools", "tools/list", "{}", "{\"things\":[" + NOTE + "]}"),
        method("a tool that is none", "tools/list", "{}", "{\"tools\":[\"" + MARKER + "\"]}"),
        method("a task of nobody", "tasks/get", "{\"taskId\":\"t-9\"}", NOTE),
        method("a list of tasks", "tasks/list", "{}", "{\"tasks\":[" + NOTE + "]}"));
  }

  private static Stream<Place> errors() {
    return Stream.of("tools/call", "resources/read", "ping", "tools/list", "prompts/list")
        .flatMap(
            method -> {
              String params = method.equals("tools/call") ? LOOK : "{\"uri\":\"note://1\"}";
              return Stream.of(
                  place(
                      "the message of an error of " + method,
                      method,
                      params,
                      asked -> asked.error(-32_000, MARKER, "null")),
                  place(
                      "the data of an error of " + method,
                      method,
                      params,
                      asked -> asked.error(-32_000, "It failed", NOTE)),
                  place(
                      "beside an error of " + method,
                      method,
                      params,
                      asked ->
                          asked.answer(
                              "{\"jsonrpc\":\"2.0\",\"x\":\""
                                  + MARKER
                                  + "\",\"id\":"
                                  + asked.id()
                                  + ",\"error\":{\"code\":-32000,\"message\":\"no\",\"x\":\""
                                  + MARKER
                                  + "\"}}")));
            });
  }

  private static Stream<Place> besides() {
    return Stream.of("tools/call", "resources/read", "ping", "prompts/list")
        .flatMap(
            method -> {
              String params = method.equals("tools/call") ? LOOK : "{\"uri\":\"note://1\"}";
              return Stream.of(
                  besides(
                      "progress",
                      method,
                      params,
                      "\"method\":\"notifications/progress\",\"params\":{\"progressToken\":1,"
                          + "\"progress\":1,\"message\":\""
                          + MARKER
                          + "\"}"),
                  besides(
                      "a log message",
                      method,
                      params,
                      "\"method\":\"notifications/message\",\"params\":{\"level\":\"info\","
                          + "\"logger\":\""
                          + MARKER
                          + "\",\"data\":"
                          + NOTE
                          + "}"),
                  besides(
                      "a notification nobody knows",
                      method,
                      params,
                      "\"method\":\"notifications/acme\",\"params\":" + NOTE),
                  besides(
                      "beside a notification",
                      method,
                      params,
                      "\"method\":\"notifications/progress\",\"x\":\""
                          + MARKER
                          + "\",\"params\":{\"progress\":1}"),
                  besides(
                      "a question to the user",
                      method,
                      params,
                      "\"id\":\"q1\",\"method\":\"elicitation/create\",\"params\":{\"message\":\""
                          + MARKER
                          + "\",\"requestedSchema\":{\"type\":\"object\",\"properties\":{\"a\":"
                          + "{\"type\":\"string\",\"description\":\""
                          + MARKER
                          + "\"}}}}"),
                  besides(
                      "a question to the model",
                      method,
                      params,
                      "\"id\":\"q2\",\"method\":\"sampling/createMessage\",\"params\":{\"messages\":"
                          + "[{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\""
                          + MARKER
                          + "\"}}],\"systemPrompt\":\""
                          + MARKER
                          + "\",\"maxTokens\":1}"),
                  besides(
                      "an answer to what nobody asked",
                      method,
                      params,
                      "\"id\":\"nobodys\",\"result\":" + NOTE),
                  besides(
                      "an error of nothing",
                      method,
                      params,
                      "\"id\":null,\"error\":{\"code\":-32700,\"message\":\"" + MARKER + "\"}"),
                  place(
                      "no message before the answer of " + method,
                      method,
                      params,
                      asked -> {
                        asked.say("oops: " + MARKER);
                        asked.result("{}");
                      }));
            });
  }

  private static Place besides(String what, String method, String params, String members) {
    return place(
        what + ", before the answer of " + method,
        method,
        params,
        asked -> {
          asked.say("{\"jsonrpc\":\"2.0\"," + members + "}");
          asked.result(asked.method().equals("tools/call") ? "{\"content\":[]}" : "{}");
        });
  }

  private static Place tool(String name, String result) {
    return place("a tool's " + name, "tools/call", LOOK, asked -> asked.result(result));
  }

  private static Place method(String name, String method, String params, String result) {
    return place(name, method, params, asked -> asked.result(result));
  }

  private static Place place(
      String name, String method, String params, ScriptedServer.Script script) {
    return new Place(name, method, params, script);
  }
}
