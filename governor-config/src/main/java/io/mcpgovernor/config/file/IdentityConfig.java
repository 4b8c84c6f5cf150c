package io.mcpgovernor.config.file;

import io.mcpgovernor.policy.Identity.Trust;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, and how that is known.
 *
 * @param jwt what tokens must be like; null if the gateway takes none
 * @param everyone the one user that everybody is; null if callers are told apart
 * @param permissions which claims give which permissions: claim, value, permissions
 * @param trust whose word counts
 * @param tenantParameters by which arguments tools ask for a tenant
 */
public record IdentityConfig(
    @Key("Callers show a JSON Web Token, which has to be like this.") @Nullable JwtConfig jwt,
    @Key(
            value =
                "Everybody who reaches the gateway is this user, and nobody has to prove it. For"
                    + " one's own machine, and for tests.",
            example = "{user: me}")
        @Nullable EveryoneConfig everyone,
    @Key(
            value =
                "Permissions that verified tokens bring along: the claim's name or JSON pointer,"
                    + " its value (or one of its values, or words with blanks between them), and"
                    + " the permissions it gives.",
            keys = WordForm.CLAIM,
            form = WordForm.PERMISSION,
            single = true,
            unless = "{}",
            example = "{scope: {\"pii:read\": PII_READ}}")
        Map<String, Map<String, Set<String>>> permissions,
    @Key(
            value =
                "Whose word about the caller counts. verified: only that of the door, which checked"
                    + " it. arguments: also what a call says of itself, for demonstrations and"
                    + " programs of a single user.",
            unless = "verified",
            example = "arguments")
        Trust trust,
    @Key(
            value = "By which arguments tools ask for a tenant.",
            form = WordForm.ARGUMENT_NAME,
            most = 100,
            unless = "[tenant_id, tenantId]",
            example = "[tenant, org]")
        List<String> tenantParameters)
    implements Checked {

  @Override
  public void check(Report report) {
    if (jwt != null && everyone != null) {
      report.at("everybody is one user here, so nobody shows a token; say one of both", "everyone");
    }
  }
}
