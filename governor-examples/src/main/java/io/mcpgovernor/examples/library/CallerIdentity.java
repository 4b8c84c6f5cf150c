package io.mcpgovernor.examples.library;

import io.mcpgovernor.Governor;
import io.mcpgovernor.GovernorBuilder;
import io.mcpgovernor.call.Claims;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.mcp.GovernedTools;
import io.mcpgovernor.policy.Identity.Trust;
import io.modelcontextprotocol.common.McpTransportContext;
import java.util.Map;

/** The ways to say who calls. */
final class CallerIdentity {
  private CallerIdentity() {}

  /** Where the transport has verified a token: in its context extractor. */
  static McpTransportContext ofVerifiedToken(Map<String, Object> claims) {
    // docs: claims
    McpTransportContext context =
        McpTransportContext.create(Map.of(GovernedTools.PRINCIPAL, Claims.principal(claims)));
    // docs: end
    return context;
  }

  /** Where the context already says it in another way. */
  static GovernedTools ofContext(Governor governor) {
    // docs: principal
    GovernedTools governed =
        GovernedTools.of(governor)
            .principal(
                context ->
                    context.get("account") instanceof String account
                        ? Principal.verified(account)
                        : null);
    // docs: end
    return governed;
  }

  /** A demonstration: whoever calls may say who they are. */
  static GovernorBuilder ofArguments() {
    // docs: trust
    GovernorBuilder builder = Governor.builder().trust(Trust.ARGUMENTS);
    // docs: end
    return builder;
  }
}
