package io.mcpgovernor.gateway;

import io.mcpgovernor.gateway.admin.GatewayState;
import io.mcpgovernor.gateway.identity.ApiKeys;
import io.mcpgovernor.gateway.identity.KeyEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** API keys as administrators see and end them. Thread-safe. */
record AdministeredKeys(ApiKeys keys) implements GatewayState.Keys {
  private static final Duration RECORDED_WITHIN = Duration.ofSeconds(5);

  @Override
  public List<Map<String, @Nullable Object>> list() {
    Instant now = Instant.now();
    return keys.list().stream().map(key -> shown(key, now)).toList();
  }

  private static Map<String, @Nullable Object> shown(KeyEntry key, Instant now) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("id", key.id());
    shown.put("user", key.owner().user());
    shown.put("tenants", List.copyOf(key.owner().tenants()));
    shown.put("roles", List.copyOf(key.owner().roles()));
    shown.put("label", key.owner().label());
    shown.put("state", key.stateAt(now).name().toLowerCase(Locale.ROOT));
    shown.put("created_at", key.created().at().toString());
    shown.put("expires_at", key.expires() == null ? null : key.expires().toString());
    return shown;
  }

  @Override
  public boolean revoke(String id, String by) {
    if (keys.revoke(key -> key.id().equals(id), by).isEmpty()) {
      return false;
    }
    // It counts no more from here on; the gateway that follows the file puts that on record.
    awaitRecord(id);
    return true;
  }

  private void awaitRecord(String id) {
    try {
      if (!keys.areRecorded(List.of(id), RECORDED_WITHIN)) {
        throw new IllegalStateException(
            "the key " + id + " is revoked, and that is not on record yet: see the audit log");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the revocation went on record", e);
    }
  }
}
