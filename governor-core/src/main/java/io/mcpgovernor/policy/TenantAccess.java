package io.mcpgovernor.policy;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolCall;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user reaches only the tenants granted to them ({@code rls}). It guards the call; rows inside a
 * result are the tool's business. Thread-safe.
 */
public final class TenantAccess implements InstantPolicy {
  private final Grants grants;
  private final List<String> tenantParameters;

  /**
   * The rule.
   *
   * @param tenantParameters the parameter names by which tools ask for a tenant, first match wins
   */
  public TenantAccess(Grants grants, List<String> tenantParameters) {
    this.grants = grants;
    this.tenantParameters = List.copyOf(tenantParameters);
  }

  @Override
  public Decision decideNow(ToolCall call) {
    String tenant = call.tenant();
    boolean isScoped = isScoped(call.tool());
    if (tenant == null && !isScoped) {
      return Decision.allow();
    }
    if (grants.isUnavailable()) {
      return unavailable();
    }
    Set<String> allowed = grants.tenants(call.principal());
    Map<String, Object> facts = Map.of("allowed_tenants", List.copyOf(allowed));
    if (tenant == null) {
      return deny(
              allowed.isEmpty()
                  ? "This tool works for one tenant, and you have access to none."
                  : "This tool works for one tenant, and the call does not say which.",
              allowed)
          .with(facts);
    }
    if (!allowed.contains(tenant)) {
      return deny("You have no access to the tenant this call asks for.", allowed).with(facts);
    }
    return Decision.allow(facts);
  }

  /** What a call that needs grants is told while nobody knows what is granted. */
  static Decision.Deny unavailable() {
    return Decision.deny(
        DenialCode.POLICY_ERROR,
        "What you were granted cannot be read at the moment, so this call is not allowed.",
        "Try again in a minute; tell an administrator if it stays like this: the server's log says"
            + " what is the matter with the store of grants.");
  }

  /**
   * The tenant a call without one works for: the only one its principal may reach, if the tool is
   * bound to a tenant at all.
   */
  public @Nullable String onlyTenant(Principal principal, Tool tool) {
    if (!isScoped(tool)) {
      return null;
    }
    Set<String> allowed = grants.tenants(principal);
    return allowed.size() == 1 ? allowed.iterator().next() : null;
  }

  /**
   * Some tenant for a call that lacks one and will be denied for it, or null if it will not: what
   * the missing argument could look like.
   */
  public @Nullable String anyTenant(ToolCall call) {
    return isScoped(call.tool())
        ? grants.tenants(call.principal()).stream().findFirst().orElse("tenant")
        : null;
  }

  /** Whether a principal may use a tool for any tenant at all. */
  public boolean mayUse(Principal principal, Tool tool) {
    return !isScoped(tool) || !grants.tenants(principal).isEmpty();
  }

  /** The parameter by which a tool asks for its tenant, or null. */
  public @Nullable String tenantParameter(Tool tool) {
    for (String name : tenantParameters) {
      if (tool.parameters().contains(name)) {
        return name;
      }
    }
    return null;
  }

  private boolean isScoped(Tool tool) {
    Boolean declared = tool.tenantScoped();
    return declared != null ? declared : tenantParameter(tool) != null || grants.hasTenantGrants();
  }

  private static Decision.Deny deny(String reason, Set<String> allowed) {
    return new Decision.Deny(
        DenialCode.RLS,
        reason,
        allowed.isEmpty()
            ? List.of("Ask an administrator to grant you access to the tenant.")
            : List.of(
                "Call again for a tenant you have access to: " + String.join(", ", allowed) + ".",
                "Ask an administrator to grant you access to the tenant."),
        null,
        Map.of());
  }
}
