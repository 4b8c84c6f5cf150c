package io.mcpgovernor.cli.grants;

import io.mcpgovernor.cli.audit.SafeText;
import io.mcpgovernor.config.grants.SqlGrantStore;
import io.mcpgovernor.policy.Grant;
import io.mcpgovernor.policy.Grant.Effect;
import io.mcpgovernor.policy.Grant.What;
import io.mcpgovernor.policy.GrantChange;
import io.mcpgovernor.policy.GrantStore.Changes;
import io.mcpgovernor.policy.GrantStore.Pending;
import io.mcpgovernor.policy.Subject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What {@code add} and {@code revoke} share: they hand one change in, and see what becomes of it.
 */
abstract class ChangesGrants extends UsesStore {
  private static final long PATIENCE_NANOS = 2_000_000_000L;
  private static final long POLL_MILLIS = 50;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(
      paramLabel = "SUBJECT",
      converter = SubjectText.class,
      description =
          "user:NAME, user:ISSUER#NAME (whoever has a token of that issuer), role:NAME or any.")
  private Subject subject;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @ArgGroup(multiplicity = "1")
  private Thing thing;

  @ArgGroup private @Nullable End end;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who does this; the user of this process unless told.")
  private String by = System.getProperty("user.name", "unknown");

  private @Nullable Grant grant;

  /** What is given or taken. */
  static final class Thing {
    @Option(names = "--tenant", required = true, description = "Access to a tenant.")
    private @Nullable String tenant;

    @Option(
        names = "--permission",
        required = true,
        description = "A permission, such as PII_READ.")
    private @Nullable String permission;
  }

  /** Made by the command line. */
  ChangesGrants() {}

  abstract Effect effect();

  abstract String reason();

  @Override
  final void prepare() {
    String tenant = thing.tenant;
    String object = tenant != null ? tenant : String.valueOf(thing.permission);
    Instant now = Instant.now();
    Instant until = End.of(end);
    if (until != null && !until.isAfter(now)) {
      throw usage("the end " + until + " is over already");
    }
    try {
      grant =
          new Grant(
              subject,
              tenant != null ? What.TENANT : What.PERMISSION,
              object,
              effect(),
              until,
              reason(),
              by,
              now);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  @Override
  final int run(SqlGrantStore store) throws InterruptedException {
    Grant change = grant;
    if (change == null) {
      throw new IllegalStateException("not prepared");
    }
    long revision = store.load().revision();
    long number = store.propose(GrantChange.put(change));
    boolean isSettled = isSettled(store, revision, number);
    out().println(SafeText.of(sentence(change)));
    out()
        .println(
            isSettled
                ? "On record, and in force."
                : "Kept, but not on record yet: "
                    + (effect() == Effect.GRANT
                        ? "it counts once a governor that uses this store has put it there."
                        : "a governor that uses this store heeds it at once, and puts it there."));
    out().flush();
    return 0;
  }

  private static boolean isSettled(SqlGrantStore store, long revision, long number)
      throws InterruptedException {
    long until = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      Changes changes = store.changesSince(revision);
      List<Pending> pending = changes != null ? changes.pending() : store.load().pending();
      if (pending.stream().noneMatch(one -> one.number() == number)) {
        return true;
      }
      if (System.nanoTime() - until >= 0) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static String sentence(Grant grant) {
    boolean isGrant = grant.effect() == Effect.GRANT;
    String does =
        grant.what() == What.TENANT
            ? (isGrant ? " may reach the tenant " : " is kept out of the tenant ")
            : (isGrant ? " has the permission " : " is denied the permission ");
    Instant until = grant.expiresAt();
    return grant.subject()
        + does
        + grant.object()
        + (until == null ? "." : ", until " + until + ".");
  }
}
