package io.mcpgovernor.pii;

import io.mcpgovernor.pii.JsonCursor.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The blobs of MCP in a value that was scanned: {@code blob} beside a {@code uri} or media type, or
 * under {@code resource}, and the {@code data} of pictures and sounds. What is text in them is
 * masked as text and encoded again; what is not is counted as {@link Unscanned}.
 *
 * <p>A second walk, for the few values with such a field. Linear; used once, by one thread.
 */
final class Blobs {
  /** Under these stand values of a tool's own, whose fields may be called anything. */
  private static final byte[][] OWN = {ascii("structuredContent"), ascii("_meta")};

  private static final byte[] RESOURCE = ascii("resource");
  private static final byte[] BLOB = ascii("blob");
  private static final byte[] DATA = ascii("data");
  private static final byte[] TYPE = ascii("type");
  private static final byte[] URI = ascii("uri");
  private static final byte[] MIME_TYPE = ascii("mimeType");

  /** Text within blobs: gives what is to be masked in it. */
  interface TextScanner {
    /**
     * Masks one text.
     *
     * @param isLines whether each of its lines is a text of its own
     */
    @Nullable MaskedText mask(byte[] text, boolean isLines);
  }

  /** A string of the value. */
  private record Place(int from, int to, boolean isEscaped) {}

  /** An object that is open. */
  private static final class Open {
    final boolean isResource;
    final boolean isOwn;
    final List<Place> blobs = new ArrayList<>(1);
    final List<Place> data = new ArrayList<>(1);
    @Nullable String type;
    @Nullable String mimeType;
    boolean hasUri;

    Open(boolean isResource, boolean isOwn) {
      this.isResource = isResource;
      this.isOwn = isOwn;
    }

    boolean isMedia() {
      return "image".equals(type) || "audio".equals(type);
    }
  }

  /**
   * What comes of one blob.
   *
   * @param masked what stands in its place, or null if its text holds nothing
   */
  private record Outcome(int from, int to, @Nullable MaskedText masked, boolean keepsOwnKinds) {}

  private final byte[] json;
  private final TextScanner scanner;
  private final List<Outcome> outcomes = new ArrayList<>();
  private Unscanned unscanned = Unscanned.NONE;

  private Blobs(byte[] json, TextScanner scanner) {
    this.json = json;
    this.scanner = scanner;
  }

  /** Whether a key may be one that this class looks for: for all others, nothing is done here. */
  static boolean mayBeNamed(byte[] json, int from, int to, boolean isEscaped) {
    return isEscaped
        || (to - from == 4
            && ((json[from] == 'b' && json[from + 1] == 'l')
                || (json[from] == 'd' && json[from + 1] == 'a' && isBeforeString(json, to))));
  }

  private static boolean isBeforeString(byte[] json, int to) {
    int at = to + 1;
    while (at < json.length && (json[at] == ':' || json[at] <= ' ')) {
      at++;
    }
    return at < json.length && json[at] == '"';
  }

  /**
   * What is to be replaced in a value, its blobs included.
   *
   * @param found what was found while they were taken for text
   */
  static Splices in(Splices found, byte[] json, TextScanner scanner) {
    Blobs blobs = new Blobs(json, scanner);
    blobs.read();
    return blobs.outcomes.isEmpty() && blobs.unscanned == Unscanned.NONE
        ? found
        : blobs.merged(found);
  }

  private void read() {
    List<@Nullable Open> open = new ArrayList<>(); // null for arrays
    JsonCursor cursor = new JsonCursor().start(json, 0, json.length);
    Place key = null;
    boolean isOwn = false;
    int ownDepth = 0;
    while (true) {
      Token token = cursor.next();
      switch (token) {
        case OBJECT -> {
          open.add(new Open(is(key, RESOURCE), isOwn));
          key = null;
        }
        case ARRAY -> {
          open.add(null);
          key = null;
        }
        case KEY -> {
          if (isOwn && cursor.depth() <= ownDepth) {
            isOwn = false;
          }
          key = new Place(cursor.from(), cursor.to(), cursor.isEscaped());
          if (!isOwn && (is(key, OWN[0]) || is(key, OWN[1]))) {
            isOwn = true;
            ownDepth = cursor.depth();
          }
        }
        case STRING -> {
          Open object = open.isEmpty() ? null : open.get(open.size() - 1);
          if (object != null && key != null) {
            member(object, key, new Place(cursor.from(), cursor.to(), cursor.isEscaped()));
          }
        }
        case OBJECT_END, ARRAY_END -> {
          Open object = open.remove(open.size() - 1);
          if (object != null) {
            close(object);
          }
          if (isOwn && cursor.depth() < ownDepth) {
            isOwn = false;
          }
        }
        case NUMBER, LITERAL -> {}
        case END, MALFORMED -> {
          return;
        }
      }
    }
  }

  private void member(Open object, Place key, Place value) {
    if (is(key, BLOB)) {
      object.blobs.add(value);
    } else if (is(key, DATA)) {
      object.data.add(value);
    } else if (is(key, URI)) {
      object.hasUri = true;
    } else if (is(key, TYPE)) {
      object.type = text(value);
    } else if (is(key, MIME_TYPE)) {
      object.mimeType = text(value);
    }
  }

  private void close(Open object) {
    if (object.isResource || object.hasUri || object.mimeType != null) {
      object.blobs.forEach(place -> blob(place, object));
    }
    if (object.isMedia()) {
      object.data.forEach(place -> blob(place, object));
    }
  }

  private void blob(Place place, Open object) {
    byte[] text = json;
    int from = place.from;
    int to = place.to;
    if (place.isEscaped) {
      Unescaped content = new Unescaped();
      content.read(json, from, to);
      text = content.utf8();
      from = 0;
      to = content.length();
    }
    BlobBody body = BlobBody.of(text, from, to);
    if (body.decoded().length == 0) {
      return;
    }
    BlobType type = BlobType.of(object.mimeType);
    BlobContent content = BlobContent.of(body.decoded(), type);
    if (content != null) {
      MaskedText masked = scanner.mask(content.utf8(), type.isJsonLines());
      if (masked != null || body.isSound()) {
        outcomes.add(
            new Outcome(
                place.from,
                place.to,
                masked == null
                    ? null
                    : masked.with(
                        replaced -> Escapes.escape(body.encode(content.written(replaced)), 1)),
                false));
      }
    } else if (body.isSound() && !object.isOwn) {
      binary(place, type, object.isMedia(), body.decoded());
    }
  }

  private void binary(Place place, BlobType type, boolean isMediaBlock, byte[] bytes) {
    boolean isMedia =
        (type.isMedia() || (isMediaBlock && type.name() == null))
            && !MediaSignature.isContainer(bytes);
    unscanned = unscanned.with(type.name(), isMedia);
    if (isMedia && MediaSignature.isMedia(bytes)) {
      // What looks like a number in it is none, and a mask would break the picture.
      outcomes.add(new Outcome(place.from, place.to, null, true));
    }
  }

  private Splices merged(Splices found) {
    Splices merged = new Splices().in(json);
    outcomes.sort((one, other) -> Integer.compare(one.from, other.from));
    int next = 0;
    for (Outcome outcome : outcomes) {
      while (next < found.size() && found.from(next) < outcome.from) {
        merged.add(found, next++);
      }
      int first = next;
      boolean isWhole = false;
      while (next < found.size() && found.to(next) <= outcome.to) {
        isWhole |= found.from(next) == outcome.from && found.to(next) == outcome.to;
        next++;
      }
      for (int i = first; i < next; i++) {
        Kind kind = found.kind(i);
        if ((isWhole && kind == Kinds.COLUMN)
            || (outcome.keepsOwnKinds && kind != null && kind.index() == Kind.NO_INDEX)) {
          merged.add(found, i);
        }
      }
      if (outcome.masked != null && !(isWhole && found.kind(first) == Kinds.COLUMN)) {
        merged.add(outcome.from, outcome.to, outcome.masked);
      }
    }
    while (next < found.size()) {
      merged.add(found, next++);
    }
    return merged.unscanned(unscanned);
  }

  private boolean is(@Nullable Place place, byte[] name) {
    if (place == null) {
      return false;
    }
    if (place.isEscaped) {
      Unescaped content = new Unescaped();
      content.read(json, place.from, place.to);
      return content.length() == name.length
          && Ascii.stands(name, content.utf8(), 0, 0, content.length());
    }
    return place.to - place.from == name.length
        && Ascii.stands(name, json, place.from, place.from, place.to);
  }

  private String text(Place place) {
    Unescaped content = new Unescaped();
    content.read(json, place.from, place.to);
    return new String(content.utf8(), 0, content.length(), StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }
}
