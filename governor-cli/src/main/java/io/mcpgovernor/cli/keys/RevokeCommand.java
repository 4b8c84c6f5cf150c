package io.mcpgovernor.cli.keys;

import io.mcpgovernor.cli.audit.SafeText;
import io.mcpgovernor.gateway.identity.ApiKeys;
import io.mcpgovernor.gateway.identity.KeyEntry;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code governor keys revoke}: takes keys back. */
@Command(
    name = "revoke",
    description = "Takes API keys back, at once: also in sessions that are open.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A gateway that runs refuses the key from its next request on, and puts the",
      "revocation on record; this waits three seconds for that.",
      "Exit codes: 0 revoked, also if they were already, 1 error, 2 wrong usage,",
      "4 bad configuration."
    })
final class RevokeCommand extends UsesKeys {
  @Parameters(
      paramLabel = "ID",
      arity = "0..*",
      description = "The keys' ids, as 'governor keys list' shows them.")
  private Set<String> ids = new LinkedHashSet<>();

  @Option(names = "--user", paramLabel = "NAME", description = "All keys of this user.")
  private @Nullable String user;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who does this; the user of this process unless told.")
  private String by = System.getProperty("user.name", "unknown");

  /** Made by the command line. */
  RevokeCommand() {}

  @Override
  ApiKeys open(Path file) {
    if (ids.isEmpty() == (user == null)) {
      throw usage("say which keys: their ids, or --user");
    }
    checkedBy(by);
    return ApiKeys.existing(file);
  }

  @Override
  int run(ApiKeys keys) throws InterruptedException {
    Set<String> known = keys.list().stream().map(KeyEntry::id).collect(Collectors.toSet());
    for (String id : ids) {
      if (!known.contains(id)) {
        throw usage("there is no key with the id " + id);
      }
    }
    List<KeyEntry> revoked =
        keys.revoke(key -> ids.contains(key.id()) || key.owner().user().equals(user), by);
    if (revoked.isEmpty()) {
      out().println("Nothing was in force.");
      return 0;
    }
    revoked.forEach(
        key ->
            out()
                .println(
                    "Key " + key.id() + " of " + SafeText.of(key.owner().user()) + " is revoked."));
    out()
        .println(
            areRecorded(keys, revoked)
                ? "On record."
                : "Not on record yet: a gateway that uses this file heeds it at once, and puts it"
                    + " there.");
    return 0;
  }
}
