package io.mcpgovernor.config.file;

import io.mcpgovernor.policy.Identity.Trust;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, and how that is known.
 *
 * @param jwt what tokens must be like; null if the gateway takes none
 * @param keys the file of API keys; null if the gateway takes none
 * @param certificates what is read from client certificates; null if they say nothing
 * @param everyone the one user that everybody is; null if callers are told apart
 * @param permissions which claims give which permissions: claim, value, permissions
 * @param trust whose word counts
 * @param tenantParameters by which arguments tools ask for a tenant
 */
public record IdentityConfig(
    @Key("Callers show a JSON Web Token, which has to be like this.") @Nullable JwtConfig jwt,
    @Key(
            value =
                "The file of API keys that callers may show, each in the name of a user; 'governor"
                    + " keys' makes and revokes them, and the file is followed.",
            example = "keys.json")
        @Nullable Path keys,
    @Key("Callers show a client certificate, which front.tls.client_ca vouches for.")
        @Nullable CertificatesConfig certificates,
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
    if (everyone == null) {
      return;
    }
    if (jwt != null) {
      report.at("everybody is one user here, so nobody shows a token; say one of both", "everyone");
    } else if (keys != null || certificates != null) {
      report.at("everybody is one user here, so nobody shows who it is; say one way", "everyone");
    }
  }
}
