package io.mcpgovernor.cli.keys;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.cli.audit.SafeText;
import io.mcpgovernor.cli.grants.End;
import io.mcpgovernor.gateway.identity.ApiKeys;
import io.mcpgovernor.gateway.identity.KeyEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor keys create}: a new key, which is shown once. */
@Command(
    name = "create",
    description = "Makes an API key for a user, and shows it: this once.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Standard output gets the key alone. The file has its SHA-256 only.",
      "It counts once a gateway that uses the file has put it on record; this waits",
      "three seconds for that, and says whether it has happened.",
      "Exit codes: 0 made, 1 not made, 2 wrong usage, 4 bad configuration."
    })
final class CreateCommand extends UsesKeys {
  private static final Pattern USER = Pattern.compile("[^\\s\\p{Cntrl}\\u00a0\\u200b-\\u200f]+");
  private static final int USER_CHARS_MAX = 256;
  private static final int NAME_CHARS_MAX = 256;
  private static final int NAMES_MAX = 100;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(
      names = "--user",
      paramLabel = "NAME",
      required = true,
      description = "In whose name the key speaks: user:NAME of grants, local#NAME of the file.")
  private String user;

  @Option(names = "--tenant", paramLabel = "NAME", description = "A tenant of the user's.")
  private Set<String> tenants = new LinkedHashSet<>();

  @Option(names = "--role", paramLabel = "NAME", description = "A role of the user's.")
  private Set<String> roles = new LinkedHashSet<>();

  @Option(names = "--label", paramLabel = "TEXT", description = "What the key is for.")
  private String label = "";

  @ArgGroup private @Nullable End end;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who does this; the user of this process unless told.")
  private String by = System.getProperty("user.name", "unknown");

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /** Made by the command line. */
  CreateCommand() {}

  @Override
  ApiKeys open(Path file) {
    check();
    return ApiKeys.open(file);
  }

  @Override
  int run(ApiKeys keys) throws InterruptedException {
    ApiKeys.Created created =
        keys.create(new KeyEntry.Owner(user, tenants, roles, label), End.of(end), by);
    KeyEntry entry = created.entry();
    if (json) {
      out().println(new String(json(created).utf8(), StandardCharsets.UTF_8));
    } else {
      out().println(created.text());
    }
    out().flush(); // it is nowhere else
    err()
        .println(
            "Key "
                + entry.id()
                + " of "
                + SafeText.of(user)
                + (entry.expires() == null ? "" : ", until " + entry.expires())
                + ". It is shown this once.");
    err()
        .println(
            areRecorded(keys, List.of(entry))
                ? "On record, and in force."
                : "Kept, but not on record yet: it counts once a gateway that uses this file has"
                    + " put it there.");
    return 0;
  }

  private static Json json(ApiKeys.Created created) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("key", created.text());
    members.put("id", created.entry().id());
    members.put("user", created.entry().owner().user());
    Instant expires = created.entry().expires();
    members.put("expires_at", expires == null ? null : expires.toString());
    return Json.of(members);
  }

  private void check() {
    if (user.length() > USER_CHARS_MAX || !USER.matcher(user).matches()) {
      throw usage("--user has 1 to " + USER_CHARS_MAX + " characters, and no blanks");
    }
    if (tenants.size() > NAMES_MAX || roles.size() > NAMES_MAX) {
      throw usage("a key has at most " + NAMES_MAX + " tenants and as many roles");
    }
    if (!tenants.stream().allMatch(CreateCommand::isName)
        || !roles.stream().allMatch(CreateCommand::isName)) {
      throw usage("--tenant and --role have 1 to " + NAME_CHARS_MAX + " characters");
    }
    if (label.length() > NAME_CHARS_MAX || hasControls(label)) {
      throw usage("--label is one line of at most " + NAME_CHARS_MAX + " characters");
    }
    checkedBy(by);
    Instant expires = End.of(end);
    if (expires != null && !expires.isAfter(Instant.now())) {
      throw usage("the end " + expires + " is over already");
    }
  }

  private static boolean isName(String name) {
    return !name.isBlank() && name.length() <= NAME_CHARS_MAX && !hasControls(name);
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }
}
