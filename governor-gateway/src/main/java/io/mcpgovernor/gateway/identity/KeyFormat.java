package io.mcpgovernor.gateway.identity;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.gateway.identity.KeyEntry.Change;
import io.mcpgovernor.gateway.identity.KeyEntry.Owner;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * API keys as text: JSON with a key a line, in the order in which they were made.
 *
 * <pre>{@code
 * {"version":1,"keys":[
 * {"sha256":"9f...","user":"alice","tenants":["acme"],"roles":[],"label":"CI",
 *  "created":{"at":"2026-11-28T10:00:00Z","by":"bob","recorded":true}}
 * ]}
 * }</pre>
 *
 * <p>Nothing in it is believed: an unknown key, anything twice or of another type makes the whole
 * unreadable.
 */
final class KeyFormat {
  private static final int VERSION = 1;
  private static final Set<String> MEMBERS =
      Set.of("sha256", "user", "tenants", "roles", "label", "created", "expires", "revoked");
  private static final Set<String> CHANGE = Set.of("at", "by", "recorded");
  private static final int ID_CHARS = 12;

  private KeyFormat() {}

  /**
   * Reads all keys.
   *
   * @throws MalformedJsonException if the text is not what {@link #write} writes, but for blanks
   */
  static List<KeyEntry> read(byte[] text) {
    Map<String, @Nullable Object> file = Json.utf8(text).object();
    if (file.size() != 2
        || !Integer.valueOf(VERSION).equals(file.get("version"))
        || !(file.get("keys") instanceof List<?> list)) {
      throw new MalformedJsonException("is of another version, or not of this kind");
    }
    List<KeyEntry> keys = new ArrayList<>();
    for (Object key : list) {
      keys.add(entry(object(key, MEMBERS)));
    }
    return keys;
  }

  /** The key of which this is the hash. */
  static KeyEntry entry(String hash, Owner owner, Change created, @Nullable Instant expires) {
    return new KeyEntry(hash.substring(0, ID_CHARS), hash, owner, created, expires, null);
  }

  private static KeyEntry entry(Map<?, ?> members) {
    String hash = text(members, "sha256");
    if (!hash.matches("[0-9a-f]{64}")) {
      throw damaged();
    }
    Owner owner =
        new Owner(
            text(members, "user"),
            names(members.get("tenants")),
            names(members.get("roles")),
            text(members, "label"));
    if (owner.user().isBlank()) {
      throw damaged();
    }
    Instant expires = members.containsKey("expires") ? moment(text(members, "expires")) : null;
    KeyEntry key = entry(hash, owner, change(members.get("created")), expires);
    return members.containsKey("revoked")
        ? key.with(key.created(), change(members.get("revoked")))
        : key;
  }

  private static Change change(@Nullable Object value) {
    Map<?, ?> members = object(value, CHANGE);
    if (!(members.get("recorded") instanceof Boolean recorded)) {
      throw damaged();
    }
    return new Change(moment(text(members, "at")), text(members, "by"), recorded);
  }

  private static Map<?, ?> object(@Nullable Object value, Set<String> known) {
    if (value instanceof Map<?, ?> members && known.containsAll(members.keySet())) {
      return members;
    }
    throw damaged();
  }

  private static String text(Map<?, ?> members, String name) {
    if (members.get(name) instanceof String text) {
      return text;
    }
    throw damaged();
  }

  private static Instant moment(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw damaged();
    }
  }

  private static Set<String> names(@Nullable Object value) {
    if (!(value instanceof List<?> list)) {
      throw damaged();
    }
    Set<String> names = new LinkedHashSet<>();
    for (Object one : list) {
      if (!(one instanceof String name) || name.isBlank()) {
        throw damaged();
      }
      names.add(name);
    }
    return names;
  }

  private static MalformedJsonException damaged() {
    return new MalformedJsonException("has something that does not belong there");
  }

  /** Writes all keys. */
  static byte[] write(List<KeyEntry> keys) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ascii("{\"version\":" + VERSION + ",\"keys\":[\n"));
    for (int i = 0; i < keys.size(); i++) {
      out.writeBytes(Json.of(members(keys.get(i))).utf8());
      out.writeBytes(ascii(i + 1 < keys.size() ? ",\n" : "\n"));
    }
    out.writeBytes(ascii("]}\n"));
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static Map<String, Object> members(KeyEntry key) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("sha256", key.hash());
    members.put("user", key.owner().user());
    members.put("tenants", List.copyOf(key.owner().tenants()));
    members.put("roles", List.copyOf(key.owner().roles()));
    members.put("label", key.owner().label());
    members.put("created", members(key.created()));
    if (key.expires() != null) {
      members.put("expires", key.expires().toString());
    }
    if (key.revoked() != null) {
      members.put("revoked", members(key.revoked()));
    }
    return members;
  }

  private static Map<String, Object> members(Change change) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("at", change.at().toString());
    members.put("by", change.by());
    members.put("recorded", change.recorded());
    return members;
  }
}
