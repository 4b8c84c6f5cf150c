package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.gateway.message.JsonSlices;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.Message.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Lists on their way to a client: of tools, those that may be shown and that this caller may use;
 * of all else everything, with what is written for people masked. Thread-safe.
 */
final class Lists {
  /** What a client sends back to get the thing itself: a masked one would be of no use. */
  private static final Set<String> HANDLES = Set.of("uri", "uriTemplate", "mimeType");

  private static final Json PRIVATE = Json.text("\"private\"");

  private final Route route;

  Lists(Route route) {
    this.route = route;
  }

  /** A page of the server's tools. */
  void tools(Incoming request) throws IOException, UpstreamException, InterruptedException {
    page(
        request,
        message -> {
          Json tools = message.member("tools");
          if (tools == null) {
            return message;
          }
          List<Json> listed = JsonSlices.items(tools);
          List<Json> shown = new ArrayList<>();
          for (Json tool : route.catalogue().admit(listed)) {
            if (route.governor().mayUse(request.principal(), route.server(), name(tool))) {
              shown.add(tool);
            }
          }
          Message page =
              shown.size() == listed.size()
                  ? message
                  : message.withMember("tools", JsonSlices.array(shown));
          // Another principal's page may have other tools.
          return page.member("cacheScope") == null ? page : page.withMember("cacheScope", PRIVATE);
        });
  }

  /** A page of something else. */
  void others(Incoming request) throws IOException, UpstreamException, InterruptedException {
    UnaryOperator<Json> mask = route.maskOf(request.message().method());
    page(
        request,
        message -> {
          Message page = message;
          for (String list : List.of("resources", "resourceTemplates", "prompts")) {
            Json items = page.member(list);
            if (items != null) {
              Json masked = masked(items, list.equals("prompts"), mask);
              page = masked == items ? page : page.withMember(list, masked);
            }
          }
          return page;
        });
  }

  private static Json masked(Json items, boolean arePrompts, UnaryOperator<Json> mask) {
    List<Json> masked = new ArrayList<>();
    boolean changed = false;
    for (Json item : JsonSlices.items(items)) {
      Json shown = item;
      for (Map.Entry<String, Json> member : JsonSlices.members(item).entrySet()) {
        String name = member.getKey();
        if (HANDLES.contains(name) || (arePrompts && name.equals("name"))) {
          continue;
        }
        Json value = mask.apply(member.getValue());
        if (value != member.getValue()) {
          shown = JsonSlices.with(shown, name, value);
          changed = true;
        }
      }
      masked.add(shown);
    }
    return changed ? JsonSlices.array(masked) : items;
  }

  private void page(Incoming request, UnaryOperator<Message> filter)
      throws IOException, UpstreamException, InterruptedException {
    Outlet outlet = new Outlet(request.exchange());
    UnaryOperator<Json> mask = route.maskOf(MethodTools.MESSAGES);
    try (Conversation conversation = route.conversation()) {
      request.exchange().onGone(conversation::close);
      Answer answer = conversation.ask(request.toServer(route.options().patience()), outlet, mask);
      if (answer == null) {
        outlet.end();
        return;
      }
      Message message = answer.message();
      if (message.kind() == Kind.ERROR) {
        outlet.answer(answer.event(), Passing.maskedError(message, mask));
        return;
      }
      outlet.answer(answer.event(), filter.apply(message));
    } catch (MalformedJsonException e) {
      throw new UpstreamException(
          UpstreamException.Reached.UNKNOWN,
          "The server's list cannot be read.",
          "Tell an administrator to look at the server.",
          null);
    }
  }

  private static String name(Json tool) {
    return tool.object().get("name") instanceof String name ? name : "";
  }
}
