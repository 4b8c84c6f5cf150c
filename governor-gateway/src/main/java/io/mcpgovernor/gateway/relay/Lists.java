package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWriter;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.gateway.message.JsonSlices;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.Message.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Lists on their way to a client: of tools, those that may be shown and that this caller may use;
 * of all else everything, with what is written for people masked. Thread-safe.
 */
final class Lists {
  /** What a client sends back to get the thing itself: a masked one would be of no use. */
  private static final Set<String> HANDLES = Set.of("uri", "uriTemplate");

  private static final String TOOLS = "tools";
  private static final String PROMPTS = "prompts";
  private static final String CURSOR = "nextCursor";

  private static final Json PRIVATE = Json.text("\"private\"");

  private final Route route;

  Lists(Route route) {
    this.route = route;
  }

  /** A page of the server's tools. */
  void tools(Incoming request) throws IOException, UpstreamException, InterruptedException {
    UnaryOperator<Json> mask = route.maskOf(MethodTools.MESSAGES);
    page(
        request,
        message -> {
          Json tools = message.member(TOOLS);
          if (tools == null) {
            return Passing.masked(message, mask);
          }
          List<Json> listed = JsonSlices.items(tools);
          List<Json> shown = new ArrayList<>();
          for (Json tool : route.catalogue().admit(listed)) {
            if (route.governor().mayUse(request.principal(), route.server(), name(tool))) {
              shown.add(tool);
            }
          }
          Message page = maskedBeside(message, mask);
          page =
              shown.size() == listed.size()
                  ? page
                  : page.withMember(TOOLS, JsonSlices.array(shown));
          // Another principal's page may have other tools.
          return page.member("cacheScope") == null ? page : page.withMember("cacheScope", PRIVATE);
        });
  }

  /** Definitions of tools stay as they are pinned; what else a page says does not. */
  private static Message maskedBeside(Message page, UnaryOperator<Json> mask) {
    Json body = Objects.requireNonNull(page.body());
    Map<String, Json> beside = new LinkedHashMap<>(JsonSlices.members(body));
    Json tools = Objects.requireNonNull(beside.remove(TOOLS));
    Json cursor = beside.get(CURSOR);
    if (cursor != null && isText(cursor)) {
      beside.remove(CURSOR);
    } else {
      cursor = null;
    }
    Json said =
        Json.utf8(
            JsonWriter.bytes(
                json -> {
                  json.beginObject();
                  beside.forEach(json::field);
                  json.endObject();
                }));
    Json masked = mask.apply(said);
    if (masked == said) {
      return page;
    }
    masked = with(masked, TOOLS, tools);
    return page.withBody(cursor == null ? masked : with(masked, CURSOR, cursor));
  }

  /** A page of something else. */
  void others(Incoming request) throws IOException, UpstreamException, InterruptedException {
    UnaryOperator<Json> mask = route.maskOf(request.message().method());
    page(
        request,
        message -> {
          Message masked = Passing.masked(message, mask);
          return masked == message ? message : withHandles(masked, message);
        });
  }

  private static Message withHandles(Message masked, Message raw) {
    Message page = masked;
    Json cursor = raw.member(CURSOR);
    if (cursor != null && isText(cursor)) {
      page = page.withMember(CURSOR, cursor);
    }
    for (String list : List.of("resources", "resourceTemplates", PROMPTS)) {
      Json items = raw.member(list);
      Json shown = page.member(list);
      if (items != null && shown != null) {
        page = page.withMember(list, withHandles(shown, items, list.equals(PROMPTS)));
      }
    }
    return page;
  }

  private static Json withHandles(Json masked, Json raw, boolean arePrompts) {
    List<Json> shown = new ArrayList<>(JsonSlices.items(masked));
    List<Json> items = JsonSlices.items(raw);
    for (int i = 0; i < shown.size(); i++) {
      for (Map.Entry<String, Json> member : JsonSlices.members(items.get(i)).entrySet()) {
        String name = member.getKey();
        boolean isHandle = HANDLES.contains(name) || (arePrompts && name.equals("name"));
        if (isHandle && isText(member.getValue())) {
          shown.set(i, with(shown.get(i), name, member.getValue()));
        }
      }
    }
    return JsonSlices.array(shown);
  }

  private static boolean isText(Json value) {
    return value.utf8()[0] == '"';
  }

  private static Json with(Json object, String name, Json value) {
    return JsonSlices.with(object, name, value);
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
        outlet.answer(answer.event(), Passing.masked(message, mask));
        return;
      }
      outlet.answer(answer.event(), filter.apply(message));
    } catch (UpstreamException e) {
      if (!outlet.breaksOff(request, e)) {
        throw e;
      }
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
