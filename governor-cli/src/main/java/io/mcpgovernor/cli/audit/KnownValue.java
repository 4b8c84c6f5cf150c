package io.mcpgovernor.cli.audit;

import io.mcpgovernor.ValueSearch;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value that somebody knows, as the records of one log hold it: by keyed hashes, which are others
 * for each tenant. Not thread-safe; shows neither the value nor a key.
 */
final class KnownValue {
  /** Tenants whose hashes are remembered: some sixty hashes each. */
  private static final int TENANTS_MAX = 1_000;

  private final List<ValueSearch> keys;
  private final String value;
  private final @Nullable String kind;
  private final Map<String, Set<String>> remembered = new HashMap<>();

  /**
   * @param keys under which the log's hashes were made
   * @param kind what the value is, such as {@code email}; null to look for every kind it could be
   */
  KnownValue(List<ValueSearch> keys, String value, @Nullable String kind) {
    this.keys = keys;
    this.value = value;
    this.kind = kind;
  }

  /** What records of these tenants hold in the value's place. */
  Set<String> hashes(Collection<String> tenants) {
    Set<String> hashes = new LinkedHashSet<>();
    for (ValueSearch key : keys) {
      hashes.addAll(kind == null ? key.hashes(tenants, value) : key.hashes(tenants, value, kind));
    }
    return hashes;
  }

  /** Whether a record holds the value. */
  boolean isIn(LogEntry entry) {
    if (entry.values().isEmpty()) {
      return false;
    }
    String tenant = entry.tenant() == null ? "" : entry.tenant();
    if (remembered.size() >= TENANTS_MAX) {
      remembered.clear();
    }
    Set<String> hashes = remembered.computeIfAbsent(tenant, one -> hashes(List.of(one)));
    return entry.values().stream().anyMatch(hashes::contains);
  }
}
