package io.mcpgovernor.call;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Bytes to tree: exactly one value, bounded depth, and no key twice unless that is allowed. */
final class JsonReader {
  private static final JsonFactory FACTORY = factory(Json.DEPTH_MAX);

  // A record holds values of the full depth, one level further in.
  private static final JsonFactory RECORD_FACTORY = factory(Json.DEPTH_MAX + 1);

  // Reading a number takes time that grows faster than its length: a million digits take a second.
  private static final int NUMBER_CHARS = 1_000;

  private final JsonParser parser;
  private final boolean repeatedKeys;

  private JsonReader(JsonParser parser, boolean repeatedKeys) {
    this.parser = parser;
    this.repeatedKeys = repeatedKeys;
  }

  private static JsonFactory factory(int depthMax) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(depthMax)
                // Length is the business of size limits; here only depth may be refused.
                .maxNumberLength(Integer.MAX_VALUE)
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .build())
        .build();
  }

  /**
   * Reads one value.
   *
   * @param repeatedKeys whether an object may repeat a key; the last one counts
   */
  static @Nullable Object read(byte[] utf8, boolean repeatedKeys) {
    checkUtf8(utf8);
    JsonFactory factory = repeatedKeys ? RECORD_FACTORY : FACTORY;
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), utf8)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new MalformedJsonException("is empty where a JSON value is expected");
      }
      Object tree = new JsonReader(parser, repeatedKeys).value(first);
      if (parser.nextToken() != null) {
        throw new MalformedJsonException("goes on after the end of its JSON value");
      }
      return tree;
    } catch (StreamConstraintsException e) {
      throw MalformedJsonException.nestedTooDeep();
    } catch (JacksonException e) {
      // Jackson's message quotes the input; only the place may be told.
      TokenStreamLocation at = e.getLocation();
      throw new MalformedJsonException(
          "is not valid JSON" + (at == null ? "" : " (at byte " + at.getByteOffset() + ")"));
    }
  }

  /**
   * Jackson guesses at UTF-16 and UTF-32 and takes overlong forms, so that policies would see
   * another text than whoever reads the same bytes as what they must be: UTF-8.
   */
  private static void checkUtf8(byte[] text) {
    for (int i = 0; i < Math.min(4, text.length); i++) {
      if (text[i] == 0 || text[0] < 0) {
        throw notUtf8(); // a zero byte gives UTF-16 and UTF-32 away; no value begins beyond ASCII
      }
    }
    int ascii = 0;
    while (ascii < text.length && text[ascii] >= 0) {
      ascii++;
    }
    ByteBuffer rest = ByteBuffer.wrap(text, ascii, text.length - ascii);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer discarded = CharBuffer.allocate(Math.min(4096, rest.remaining() + 1));
    while (rest.hasRemaining()) {
      if (decoder.decode(rest, discarded, true).isError()) {
        throw notUtf8();
      }
      discarded.clear();
    }
  }

  private static MalformedJsonException notUtf8() {
    return new MalformedJsonException("is not UTF-8");
  }

  private @Nullable Object value(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new MalformedJsonException("is not valid JSON");
    };
  }

  private Object number(JsonToken token) {
    if (parser.getStringLength() > NUMBER_CHARS) {
      if (repeatedKeys) {
        return parser.getString(); // who only reads is better served by its text than by nothing
      }
      throw new MalformedJsonException("has a number of more than " + NUMBER_CHARS + " characters");
    }
    try {
      // BigDecimal, because a double would silently change 0.1000 or a long amount.
      return token == JsonToken.VALUE_NUMBER_INT
          ? parser.getNumberValue()
          : parser.getDecimalValue();
    } catch (ArithmeticException | NumberFormatException e) { // their messages quote the number
      if (repeatedKeys) {
        return parser.getString();
      }
      throw new MalformedJsonException("has a number whose exponent is out of range");
    }
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      Object value = value(parser.nextToken());
      if (!repeatedKeys && members.containsKey(name)) {
        throw new MalformedJsonException("has the same key twice in one object");
      }
      members.put(name, value);
    }
    return Collections.unmodifiableMap(members);
  }

  private List<@Nullable Object> array() {
    List<@Nullable Object> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(value(token));
    }
    return Collections.unmodifiableList(items);
  }
}
