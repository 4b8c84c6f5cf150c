package io.mcpgovernor.config.file;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.policy.DenialCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call, and what a configuration has to say to it. Immutable.
 *
 * @param name what the test shows
 * @param user who calls; null for nobody
 * @param issuer who vouches for the user
 * @param tenants tenants that the user's token brings
 * @param roles roles that the user's token brings
 * @param claims what the user's token says besides
 * @param tool the tool
 * @param args its arguments
 * @param at when
 * @param expect what has to come of it
 * @param code of the denial; null if any will do
 * @param reason a part of the denial's reason; null if any will do
 */
public record PolicyTestConfig(
    @Key(
            value = "What the test shows, in a sentence.",
            form = WordForm.SENTENCE,
            example = "\"A bulk export is denied.\"")
        String name,
    @Key(value = "Who calls; nobody if left out.", form = WordForm.NAME, example = "alice")
        @Nullable String user,
    @Key(
            value =
                "Who vouches for the user; the issuer of identity.jwt if left out, or 'local'"
                    + " without one.",
            form = WordForm.AUDIENCE)
        @Nullable String issuer,
    @Key(
            value = "Tenants that the user's token brings.",
            form = WordForm.NAME,
            single = true,
            unless = "[]",
            example = "[acme]")
        Set<String> tenants,
    @Key(
            value = "Roles that the user's token brings.",
            form = WordForm.NAME,
            single = true,
            unless = "[]",
            example = "[support]")
        Set<String> roles,
    @Key(value = "What the user's token says besides.", unless = "{}") Json claims,
    @Key(
            value = "The tool, as server.tool, or its name alone where one server has it.",
            form = WordForm.TOOL,
            example = "crm.export")
        String tool,
    @Key(value = "The arguments.", unless = "{}") Json args,
    @Key(
            value = "When; now if left out, so say it where rules ask for the time.",
            example = "2026-11-30T09:00Z")
        @Nullable Instant at,
    @Key(value = "What has to come of it: allow or deny.", example = "deny") Expect expect,
    @Key(value = "The code of the denial; any if left out.", example = "rls") @Nullable String code,
    @Key(
            value = "What the denial's reason has in it; anything if left out.",
            form = WordForm.SENTENCE)
        @Nullable String reason)
    implements Checked {

  /** What has to come of a call. */
  public enum Expect {
    /** It would run. */
    ALLOW,
    /** It would not. */
    DENY
  }

  @Override
  public void check(Report report) {
    if (expect == Expect.ALLOW && code != null) {
      report.at("what is allowed has no code; remove it, or expect: deny", "code");
    }
    if (expect == Expect.ALLOW && reason != null) {
      report.at("what is allowed has no reason; remove it, or expect: deny", "reason");
    }
    List<String> codes = DenialCode.all().stream().map(DenialCode::name).toList();
    if (code != null && !code.startsWith("rule:") && !codes.contains(code)) {
      String near = Nearest.to(code, codes);
      report.at(
          "there is no such code; "
              + (near != null ? "did you mean " + near + "?" : "rules have rule:NAME"),
          "code");
    }
    if (!(args.tree() instanceof Map)) {
      report.at("arguments are a group of keys", "args");
    }
    if (!(claims.tree() instanceof Map)) {
      report.at("claims are a group of keys", "claims");
    }
  }
}
