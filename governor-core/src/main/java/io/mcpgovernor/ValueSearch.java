package io.mcpgovernor;

import io.mcpgovernor.ValueKey.Hashes;
import io.mcpgovernor.pii.FoundValue;
import io.mcpgovernor.pii.Kind;
import io.mcpgovernor.pii.Kinds;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks for a value that somebody knows, such as an e-mail address, in records that hold it masked:
 * from the value and the key to the texts that stand for it in the records' {@code values}.
 *
 * <p>A record holds a value if any of the texts is in its {@code values}. Its {@code values_key}
 * must be {@link #keyId()}: after a change of keys, older records need the older key. Thread-safe.
 */
public final class ValueSearch {
  /** How long a value may be, characters. */
  public static final int VALUE_CHARS_MAX = 10_000;

  /** What stands under a field with a column rule; no kind of the table. */
  private static final String COLUMN = "column";

  private final ValueKey key;

  /**
   * A search under a key.
   *
   * @param key the 32 bytes that the file {@code value-<id>.key} holds in hexadecimal digits
   * @throws IllegalArgumentException if it has another length
   */
  public ValueSearch(byte[] key) {
    this.key = new ValueKey(key);
  }

  /** The key's id, which records made with it have as {@code values_key}. */
  public String keyId() {
    return key.id();
  }

  /**
   * What to look for if nobody knows as which kind the value was found: the hash of each built-in
   * kind that it could be, some sixty a tenant.
   *
   * @param tenants whose records are searched; an empty text for records without a tenant
   * @param value in any writing
   * @throws IllegalArgumentException if it is empty or too long
   */
  public Set<String> hashes(Collection<String> tenants, String value) {
    checked(value);
    Set<FoundValue> values = new LinkedHashSet<>();
    for (Kind kind : Kinds.all()) {
      // An address without a sign at is none, and its normal form would be as long as the text.
      if (kind != Kinds.EMAIL || kind.normal(value).indexOf('@') > 0) {
        forms(kind, value).forEach(normal -> values.add(new FoundValue(kind, normal)));
      }
    }
    Kind column = custom(COLUMN);
    values.add(new FoundValue(column, column.normal(value)));
    return hashes(tenants, values);
  }

  /**
   * What to look for if the kind is known.
   *
   * @param tenants whose records are searched; an empty text for records without a tenant
   * @param value in any writing
   * @param kind as counts in records call it: {@code email}, or a custom kind's name
   * @throws IllegalArgumentException if the value is empty or too long, or the kind no name
   */
  public Set<String> hashes(Collection<String> tenants, String value, String kind) {
    checked(value);
    Kind named = Kinds.named(kind).orElseGet(() -> custom(kind));
    Set<FoundValue> values = new LinkedHashSet<>();
    forms(named, value).forEach(normal -> values.add(new FoundValue(named, normal)));
    return hashes(tenants, values);
  }

  private Set<String> hashes(Collection<String> tenants, Set<FoundValue> values) {
    Set<String> hashes = new LinkedHashSet<>();
    for (String tenant : tenants) {
      try (Hashes made = key.of(tenant)) {
        Consumer<FoundValue> add = value -> hashes.add(made.value(value));
        values.forEach(add);
      }
    }
    return hashes;
  }

  /** The normal form, and of a phone number what it is with and without its prefix. */
  private static List<String> forms(Kind kind, String value) {
    String normal = kind.normal(value);
    if (normal.isEmpty()) {
      return List.of();
    }
    if (kind != Kinds.PHONE) {
      return List.of(normal);
    }
    if (normal.startsWith("00")) {
      return List.of(normal, normal.substring(2));
    }
    if (normal.length() == 11 && normal.startsWith("1")) {
      return List.of(normal, normal.substring(1));
    }
    return normal.length() == 10 ? List.of(normal, "1" + normal) : List.of(normal);
  }

  private static Kind custom(String name) {
    return Kind.custom(name, (text, level) -> "");
  }

  private static void checked(String value) {
    if (value.isBlank() || value.length() > VALUE_CHARS_MAX) {
      throw new IllegalArgumentException(
          "a value to look for has 1 to " + VALUE_CHARS_MAX + " characters");
    }
  }
}
