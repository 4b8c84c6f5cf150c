package io.mcpgovernor.gateway.catalogue;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWriter;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.gateway.catalogue.PinnedTool.Definition;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Pins as text: JSON with a tool a line, in the order of names, so that people see what changed
 * between two versions of the file.
 *
 * <pre>{@code
 * {"version":1,"servers":{
 * "crm":{
 * "export":{"pinned":{"pin":"9f...","since":"2026-11-28T10:00:00Z","by":"first seen","definition":{...}}}
 * }}}
 * }</pre>
 *
 * <p>Nothing in it is believed: a definition that does not have its pin, an unknown key, or
 * anything twice makes the whole unreadable.
 */
final class PinFormat {
  private static final int VERSION = 1;
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final byte[] text;
  private final JsonParser parser;

  private PinFormat(byte[] text, JsonParser parser) {
    this.text = text;
    this.parser = parser;
  }

  /**
   * Reads all tools, by server and name.
   *
   * @throws MalformedJsonException if the text is not what {@link #write} writes, but for blanks
   */
  static SortedMap<String, SortedMap<String, PinnedTool>> read(byte[] text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      return new PinFormat(text, parser).file();
    } catch (JacksonException e) {
      // Jackson's message quotes what is there, which may be anything.
      throw new MalformedJsonException(
          "is no valid JSON" + (e.getLocation() == null ? "" : place(e.getLocation().getLineNr())));
    }
  }

  private SortedMap<String, SortedMap<String, PinnedTool>> file() {
    expect(parser.nextToken(), JsonToken.START_OBJECT);
    SortedMap<String, SortedMap<String, PinnedTool>> servers = null;
    boolean isOurs = false;
    for (String key = nextKey(); key != null; key = nextKey()) {
      switch (key) {
        case "version" -> {
          expect(parser.nextToken(), JsonToken.VALUE_NUMBER_INT);
          isOurs = parser.getString().equals(String.valueOf(VERSION));
        }
        case "servers" -> servers = servers();
        default -> throw damaged("has a key that does not belong there");
      }
    }
    if (!isOurs || servers == null || parser.nextToken() != null) {
      throw damaged("is of another version, or not of this kind");
    }
    return servers;
  }

  private SortedMap<String, SortedMap<String, PinnedTool>> servers() {
    SortedMap<String, SortedMap<String, PinnedTool>> servers = new TreeMap<>();
    expect(parser.nextToken(), JsonToken.START_OBJECT);
    for (String server = nextKey(); server != null; server = nextKey()) {
      SortedMap<String, PinnedTool> tools = new TreeMap<>();
      expect(parser.nextToken(), JsonToken.START_OBJECT);
      for (String name = nextKey(); name != null; name = nextKey()) {
        tools.put(name, tool(server, name));
      }
      servers.put(server, tools);
    }
    return servers;
  }

  private PinnedTool tool(String server, String name) {
    Definition pinned = null;
    Definition waiting = null;
    boolean recorded = true;
    expect(parser.nextToken(), JsonToken.START_OBJECT);
    for (String key = nextKey(); key != null; key = nextKey()) {
      switch (key) {
        case "pinned" -> pinned = definition(server, name);
        case "waiting" -> waiting = definition(server, name);
        case "recorded" -> recorded = parser.nextToken() == JsonToken.VALUE_TRUE;
        default -> throw damaged("has a key that does not belong there");
      }
    }
    if (pinned == null && waiting == null) {
      throw damaged("has a tool without a definition");
    }
    return new PinnedTool(server, name, pinned, waiting, recorded);
  }

  private Definition definition(String server, String name) {
    String pin = "";
    String since = "";
    String by = "";
    Json json = null;
    expect(parser.nextToken(), JsonToken.START_OBJECT);
    for (String key = nextKey(); key != null; key = nextKey()) {
      switch (key) {
        case "pin" -> pin = word();
        case "since" -> since = word();
        case "by" -> by = word();
        case "definition" -> json = slice();
        default -> throw damaged("has a key that does not belong there");
      }
    }
    if (json == null || !isDefinition(server, name, pin, json)) {
      throw damaged("has a definition that its pin does not fit");
    }
    try {
      return new Definition(pin, Instant.parse(since), by, json);
    } catch (DateTimeParseException e) {
      throw damaged("has a time that cannot be read");
    }
  }

  private static boolean isDefinition(String server, String name, String pin, Json json) {
    try {
      Tool tool = Tool.of(server, json).build();
      return tool.name().equals(name) && tool.pin().equals(pin);
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  private @Nullable String nextKey() {
    JsonToken next = parser.nextToken();
    if (next == JsonToken.END_OBJECT) {
      return null;
    }
    expect(next, JsonToken.PROPERTY_NAME);
    return parser.currentName();
  }

  private String word() {
    expect(parser.nextToken(), JsonToken.VALUE_STRING);
    return parser.getString();
  }

  /** An object as it stands there. */
  private Json slice() {
    expect(parser.nextToken(), JsonToken.START_OBJECT);
    int from = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    int to = (int) parser.currentTokenLocation().getByteOffset() + 1;
    return Json.utf8(Arrays.copyOfRange(text, from, to));
  }

  private void expect(@Nullable JsonToken token, JsonToken expected) {
    if (token != expected) {
      throw damaged("is not what belongs there");
    }
  }

  private MalformedJsonException damaged(String what) {
    return new MalformedJsonException(what + place(parser.currentLocation().getLineNr()));
  }

  private static String place(int line) {
    return " (line " + line + ")";
  }

  /** Writes all tools. */
  static byte[] write(Map<String, ? extends Map<String, PinnedTool>> all) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    text(out, "{\"version\":" + VERSION + ",\"servers\":{\n");
    for (var servers = all.entrySet().iterator(); servers.hasNext(); ) {
      var server = servers.next();
      text(out, word(server.getKey()) + ":{\n");
      List<PinnedTool> tools = List.copyOf(server.getValue().values());
      for (int i = 0; i < tools.size(); i++) {
        text(out, word(tools.get(i).name()) + ":");
        out.writeBytes(JsonWriter.bytes(line(tools.get(i))));
        text(out, i + 1 < tools.size() ? ",\n" : "\n");
      }
      text(out, servers.hasNext() ? "},\n" : "}\n");
    }
    text(out, "}}\n");
    return out.toByteArray();
  }

  private static io.mcpgovernor.call.JsonWritable line(PinnedTool tool) {
    return json -> {
      json.beginObject();
      definition(json, "pinned", tool.pinned());
      definition(json, "waiting", tool.waiting());
      if (!tool.recorded()) {
        json.field("recorded", false);
      }
      json.endObject();
    };
  }

  private static void definition(JsonWriter json, String name, @Nullable Definition said) {
    if (said != null) {
      json.name(name)
          .beginObject()
          .field("pin", said.pin())
          .field("since", said.since().toString())
          .field("by", said.by())
          .field("definition", said.json())
          .endObject();
    }
  }

  private static String word(String text) {
    return new String(Json.of(text).utf8(), StandardCharsets.UTF_8);
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
