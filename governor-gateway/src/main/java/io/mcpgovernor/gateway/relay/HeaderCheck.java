package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.gateway.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Whether the headers of a message say what its body says. From 2026-07-28 on they have to, so that
 * nobody on the way who reads only headers takes it for another message. Messages of earlier
 * revisions are not to be checked, nor is what did not come over HTTP.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports">MCP
 *     2026-07-28: request headers</a>
 */
public final class HeaderCheck {
  /** The code of JSON-RPC for a message whose headers say something else; with HTTP 400. */
  public static final int HEADER_MISMATCH = -32_020;

  private HeaderCheck() {}

  /**
   * What is wrong with a message's headers, the first that is.
   *
   * @param toolDefinition that of the tool that is called, whose schema may ask for headers; null
   *     if none is called or it is not known
   * @return a sentence fit for the sender, which quotes no value; null if nothing is wrong
   */
  public static @Nullable String problem(
      Headers headers, Message message, @Nullable Json toolDefinition) {
    return switch (message.kind()) {
      case REQUEST -> ofRequest(headers, message, toolDefinition);
      // The specification asks notifications for nothing; but what is there must not be wrong.
      case NOTIFICATION -> ofMethod(headers, message, false);
      case RESULT, ERROR -> null;
    };
  }

  private static @Nullable String ofRequest(
      Headers headers, Message message, @Nullable Json toolDefinition) {
    String revision = HeaderValue.of(headers, Headers.PROTOCOL);
    if (revision == null) {
      return "The header MCP-Protocol-Version is missing.";
    }
    if (!revision.equals(Era.claim(message))) {
      return "The header MCP-Protocol-Version and the protocol version in _meta differ.";
    }
    String problem = ofMethod(headers, message, true);
    if (problem == null) {
      problem = ofName(headers, message);
    }
    if (problem == null && toolDefinition != null && message.method().equals("tools/call")) {
      problem = ofArguments(headers, message, toolDefinition);
    }
    return problem;
  }

  private static @Nullable String ofMethod(Headers headers, Message message, boolean isRequired) {
    String method = HeaderValue.of(headers, Headers.METHOD);
    if (method == null) {
      return isRequired ? "The header Mcp-Method is missing." : null;
    }
    return method.equals(message.method())
        ? null
        : "The header Mcp-Method and the method of the message differ.";
  }

  private static @Nullable String ofName(Headers headers, Message message) {
    String member = nameOf(message.method());
    if (member == null) {
      return null;
    }
    String body = message.text(member);
    String written = HeaderValue.of(headers, Headers.NAME);
    if (written == null) {
      return body == null
          ? null
          : "The header Mcp-Name is missing, which repeats params." + member + ".";
    }
    String said = HeaderValue.decoded(written);
    if (said == null) {
      return "The header Mcp-Name is not valid Base64 of UTF-8.";
    }
    return body == null || body.equals(said)
        ? null
        : "The header Mcp-Name and params." + member + " differ.";
  }

  private static @Nullable String ofArguments(
      Headers headers, Message message, Json toolDefinition) {
    try {
      return ParamHeaders.of(toolDefinition).problem(headers, message.member("arguments"));
    } catch (MalformedJsonException e) {
      return "The arguments cannot be compared with the headers: params.arguments "
          + e.getMessage()
          + ".";
    }
  }

  /** Which member of {@code params} the header {@code Mcp-Name} repeats; null if none. */
  private static @Nullable String nameOf(String method) {
    return switch (method) {
      case "tools/call", "prompts/get" -> "name";
      case "resources/read" -> "uri";
      case "tasks/get", "tasks/update", "tasks/cancel" -> "taskId";
      default -> null;
    };
  }
}
