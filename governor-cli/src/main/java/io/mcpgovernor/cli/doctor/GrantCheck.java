package io.mcpgovernor.cli.doctor;

import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.config.file.GrantsConfig;
import io.mcpgovernor.config.file.GrantsConfig.GrantConfig;
import io.mcpgovernor.config.grants.SqlGrantStore;
import io.mcpgovernor.policy.Grant;
import io.mcpgovernor.policy.GrantStoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Grants that have ended, or end soon: those of the file, and those of its store. */
final class GrantCheck {
  private static final String WHAT = "grants";
  private static final Duration SOON = Duration.ofDays(7);

  private final Instant now;
  private final Set<String> ended = new TreeSet<>();
  private final Set<String> ending = new TreeSet<>();
  private int all;

  private GrantCheck(Instant now) {
    this.now = now;
  }

  static List<Finding> look(ConfigFile file, Instant now) {
    GrantCheck check = new GrantCheck(now);
    GrantsConfig grants = file.config().grants();
    grants.users().forEach((name, grant) -> check.add("user " + name, grant));
    grants.roles().forEach((name, grant) -> check.add("role " + name, grant));
    if (grants.any() != null) {
      check.add("any", grants.any());
    }
    List<Finding> findings = new ArrayList<>();
    Path store = grants.store() == null ? null : file.resolve(grants.store());
    if (store != null && Files.exists(store)) {
      try (SqlGrantStore open = SqlGrantStore.open(store)) {
        open.load().grants().forEach(check::add);
      } catch (GrantStoreException e) {
        findings.add(
            Finding.fail(
                WHAT,
                "the store " + store + " cannot be read (" + e.getMessage() + ")",
                "see that it is whole and this user's"));
      }
    }
    check.report(findings);
    return findings;
  }

  private void add(String whose, GrantConfig grant) {
    add(whose, grant.until(), grant.tenants().size() + grant.permissions().size());
  }

  private void add(Grant grant) {
    if (grant.effect() == Grant.Effect.GRANT) {
      add(grant.subject() + " " + grant.object(), grant.expiresAt(), 1);
    }
  }

  private void add(String whose, @Nullable Instant until, int count) {
    all += count;
    if (until == null) {
      return;
    }
    if (!until.isAfter(now)) {
      ended.add(whose + " (" + until + ")");
    } else if (until.isBefore(now.plus(SOON))) {
      ending.add(whose + " (" + until + ")");
    }
  }

  private void report(List<Finding> findings) {
    if (!ending.isEmpty()) {
      findings.add(
          Finding.warn(
              WHAT,
              "end within " + SOON.toDays() + " days: " + Names.some(ending),
              "renew those that shall go on"));
    }
    if (!ended.isEmpty()) {
      findings.add(
          Finding.warn(WHAT, "have ended: " + Names.some(ended), "renew them, or take them out"));
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok(WHAT, all == 0 ? "there are none" : all + ", none ends soon"));
    }
  }
}
