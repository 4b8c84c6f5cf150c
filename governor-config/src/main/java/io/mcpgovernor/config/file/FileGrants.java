package io.mcpgovernor.config.file;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.config.file.GrantsConfig.GrantConfig;
import io.mcpgovernor.policy.ClaimPermissions;
import io.mcpgovernor.policy.Grant;
import io.mcpgovernor.policy.Grant.Effect;
import io.mcpgovernor.policy.Grant.What;
import io.mcpgovernor.policy.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a file grants, and what it says that claims bring. */
final class FileGrants {
  private static final String BY = "configuration";

  private final List<Grant> grants = new ArrayList<>();

  private FileGrants() {}

  static List<Grant> of(ConfigFile file) {
    FileGrants all = new FileGrants();
    GrantsConfig written = file.config().grants();
    String issuer = issuer(file.config());
    written.users().forEach((name, grant) -> all.add(user(name, issuer), grant));
    written.roles().forEach((name, grant) -> all.add(Subject.role(name), grant));
    if (written.any() != null) {
      all.add(Subject.any(), written.any());
    }
    return all.grants;
  }

  static ClaimPermissions permissions(IdentityConfig identity) {
    List<ClaimPermissions.Mapping> mappings = new ArrayList<>();
    identity
        .permissions()
        .forEach(
            (claim, values) ->
                values.forEach(
                    (value, permissions) ->
                        permissions.forEach(
                            permission ->
                                mappings.add(
                                    new ClaimPermissions.Mapping(claim, value, permission)))));
    return new ClaimPermissions(mappings);
  }

  /** Whose name a user's is, where the file does not say. */
  private static String issuer(GovernorConfig config) {
    JwtConfig jwt = config.identity().jwt();
    return jwt == null ? Principal.LOCAL : jwt.issuer().toString();
  }

  private static Subject user(String name, String issuer) {
    return name.indexOf('#') < 0 ? Subject.user(issuer, name) : Subject.parse("user:" + name);
  }

  private void add(Subject subject, GrantConfig written) {
    written.tenants().forEach(tenant -> add(subject, What.TENANT, tenant, written));
    written.permissions().forEach(permission -> add(subject, What.PERMISSION, permission, written));
  }

  private void add(Subject subject, What what, String object, GrantConfig written) {
    String reason = written.reason() == null ? "" : written.reason();
    // A configuration has no moment at which it granted; it holds as long as it is in force.
    grants.add(
        new Grant(subject, what, object, Effect.GRANT, written.until(), reason, BY, Instant.EPOCH));
  }
}
