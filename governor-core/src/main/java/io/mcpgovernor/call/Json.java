package io.mcpgovernor.call;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value, held as UTF-8 bytes, as a tree, or both: each form is made from the other when it
 * is first asked for. Arguments and results are one type, so that the bytes on the wire and the
 * values a policy sees cannot differ.
 *
 * <p>A tree is {@code Map<String, ?>}, {@code List<?>}, {@code String}, {@code Number}, {@code
 * Boolean} or {@code null}. Trees made from bytes keep numbers exactly (integers as {@code
 * Integer}, {@code Long} or {@code BigInteger}, all others as {@code BigDecimal}) and are
 * unmodifiable.
 *
 * <p>Immutable and thread-safe as long as nobody changes the array or tree it was made from; the
 * factories take ownership of both.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
public final class Json implements JsonWritable {
  /** Nesting beyond this many levels is malformed, in bytes and in trees. */
  public static final int DEPTH_MAX = 256;

  /** An object without members. */
  public static final Json EMPTY_OBJECT = of(Map.of());

  /** The value {@code null}. */
  public static final Json NULL = of(null);

  private volatile byte @Nullable [] utf8;
  private volatile @Nullable Object tree;
  private volatile boolean hasTree;
  private final boolean repeatedKeys;

  private Json(
      byte @Nullable [] utf8, @Nullable Object tree, boolean hasTree, boolean repeatedKeys) {
    this.utf8 = utf8;
    this.tree = tree;
    this.hasTree = hasTree;
    this.repeatedKeys = repeatedKeys;
  }

  /**
   * A value in its wire form. It is parsed only when {@link #tree()} is called; until then
   * malformed bytes go unnoticed.
   *
   * @param utf8 one JSON text in UTF-8
   */
  public static Json utf8(byte[] utf8) {
    return new Json(Objects.requireNonNull(utf8), null, false, false);
  }

  /**
   * A value in its wire form whose objects may repeat a key; in its tree the last one counts. It
   * may be one level deeper than others, and a number too large to be read is a string in its tree.
   * For what is only read, like a record of what a tool answered; never for what is decided about.
   *
   * @param utf8 one JSON text in UTF-8
   */
  public static Json lenient(byte[] utf8) {
    return new Json(Objects.requireNonNull(utf8), null, false, true);
  }

  /**
   * A value written as JSON text.
   *
   * @param text one JSON text
   */
  public static Json text(String text) {
    return utf8(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A value given as a tree.
   *
   * @param tree maps with string keys, lists, strings, numbers, booleans and null; other types are
   *     found malformed when the value is first written or measured
   */
  public static Json of(@Nullable Object tree) {
    return new Json(null, tree, true, false);
  }

  /**
   * The wire form. The array is shared: callers must not change it.
   *
   * @throws MalformedJsonException if the tree is deeper than {@link #DEPTH_MAX} or holds something
   *     JSON cannot express
   */
  public byte[] utf8() {
    byte[] bytes = utf8;
    if (bytes == null) {
      bytes = JsonWriter.bytes(writer -> writer.value(tree));
      utf8 = bytes;
    }
    return bytes;
  }

  /**
   * The tree form.
   *
   * @throws MalformedJsonException if the bytes are not exactly one JSON text, nest deeper than
   *     {@link #DEPTH_MAX}, or repeat a key within an object
   */
  public @Nullable Object tree() {
    if (!hasTree) {
      byte[] bytes = Objects.requireNonNull(utf8);
      tree = JsonReader.read(bytes, repeatedKeys);
      hasTree = true;
    }
    return tree;
  }

  /**
   * The members of a top-level object.
   *
   * @throws MalformedJsonException if the value is malformed, or not an object
   */
  @SuppressWarnings(
      "unchecked") // trees have string keys: JsonReader makes them, JsonWriter refuses others
  public Map<String, @Nullable Object> object() {
    if (tree() instanceof Map<?, ?> members) {
      return (Map<String, @Nullable Object>) members;
    }
    throw new MalformedJsonException("must be a JSON object");
  }

  @Override
  public void writeTo(JsonWriter json) {
    json.value(this);
  }

  /** Whether this is the value {@code null}. */
  public boolean isNull() {
    return tree() == null;
  }

  /** Says how large the value is, never what it holds: values may be confidential. */
  @Override
  public String toString() {
    byte[] bytes = utf8;
    return bytes == null ? "Json[tree]" : "Json[" + bytes.length + " bytes]";
  }
}
