package io.mcpgovernor.config.file;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may reach which tenants, and has which permissions.
 *
 * @param store where grants are kept that are made while the governor runs; null to keep none
 * @param users grants of users
 * @param roles grants of roles
 * @param any grants of everyone who is identified
 */
public record GrantsConfig(
    @Key(
            value =
                "Where grants are kept that are made while the governor runs. Without it they are"
                    + " gone with the process.",
            example = "grants.db")
        @Nullable Path store,
    @Key(
            value =
                "Grants of users. With identity.jwt, a name is one of its issuer's; write"
                    + " 'issuer#name' for others, 'local#name' for users this process vouches for.",
            keys = WordForm.NAME,
            most = 100_000,
            unless = "{}",
            example = "{alice: {tenants: [acme], permissions: [PII_READ]}}")
        Map<String, GrantConfig> users,
    @Key(
            value = "Grants of roles.",
            keys = WordForm.NAME,
            most = 100_000,
            unless = "{}",
            example = "{support: {tenants: [acme]}}")
        Map<String, GrantConfig> roles,
    @Key(value = "Grants of everyone who is identified.") @Nullable GrantConfig any) {

  /**
   * What somebody gets.
   *
   * @param tenants they may reach
   * @param permissions they have
   * @param until when it ends; null for never
   * @param reason why, for the record; null if nobody said
   */
  public record GrantConfig(
      @Key(
              value = "The tenants they may reach.",
              form = WordForm.NAME,
              single = true,
              most = 10_000,
              unless = "[]",
              example = "[acme]")
          Set<String> tenants,
      @Key(
              value = "The permissions they have.",
              form = WordForm.PERMISSION,
              single = true,
              unless = "[]",
              example = "[PII_READ]")
          Set<String> permissions,
      @Key(
              value =
                  "When it ends: a day, which counts to its end in UTC, or a moment; never if left"
                      + " out.",
              example = "2027-01-31")
          @Nullable Instant until,
      @Key(
              value = "Why, for the record.",
              form = WordForm.SENTENCE,
              example = "\"On call in January.\"")
          @Nullable String reason) {}
}
