package io.mcpgovernor.cli.doctor;

import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.gateway.identity.ApiKeys;
import io.mcpgovernor.gateway.identity.KeyEntry;
import io.mcpgovernor.gateway.identity.KeyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** API keys of callers that end soon. */
final class KeyCheck {
  private static final String WHAT = "keys";
  private static final Duration SOON = Duration.ofDays(7);

  private KeyCheck() {}

  /** Looks; finds nothing worth a word where callers are not known by keys. */
  static List<Finding> look(ConfigFile file, Instant now) {
    Path written = file.config().identity().keys();
    if (written == null) {
      return List.of();
    }
    Path path = file.resolve(written);
    if (!Files.exists(path)) {
      return List.of(
          Finding.warn(WHAT, "there are none yet", "make one with 'governor keys create'"));
    }
    try {
      List<KeyEntry> counting =
          ApiKeys.existing(path).list().stream()
              .filter(
                  key ->
                      key.stateAt(now) == KeyEntry.State.IN_FORCE
                          || key.stateAt(now) == KeyEntry.State.WAITS)
              .toList();
      List<String> ending =
          counting.stream()
              .filter(key -> key.expires() != null && key.expires().isBefore(now.plus(SOON)))
              .map(key -> key.id() + " of " + key.owner().user() + " (" + key.expires() + ")")
              .toList();
      return List.of(
          ending.isEmpty()
              ? Finding.ok(WHAT, counting.size() + ", none ends soon")
              : Finding.warn(
                  WHAT,
                  "end within " + SOON.toDays() + " days: " + Names.some(ending),
                  "make others with 'governor keys create', and give them to their users"));
    } catch (KeyException e) {
      return List.of(
          Finding.fail(WHAT, String.valueOf(e.getMessage()), "no key counts until it is mended"));
    }
  }
}
