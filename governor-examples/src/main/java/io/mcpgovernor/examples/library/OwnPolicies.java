package io.mcpgovernor.examples.library;

import io.mcpgovernor.Governor;
import io.mcpgovernor.policy.Decision;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.Policy;
import io.mcpgovernor.policy.RateLimit.By;
import io.mcpgovernor.policy.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** Limits and rules of one's own. */
final class OwnPolicies {
  private OwnPolicies() {}

  static Governor limits(Path auditDirectory) {
    // docs: limits
    Governor governor =
        Governor.builder()
            .calls(20, Duration.ofMinutes(1), Set.of(By.USER, By.TOOL))
            .complexityBelow(60)
            .concurrency(4)
            .timeout(Duration.ofSeconds(10))
            .resultBytes(1 << 20)
            .disable(DenialCode.RLS, "one tenant only")
            .auditTo(auditDirectory)
            .build();
    // docs: end
    return governor;
  }

  static Governor rule(Path auditDirectory) {
    // docs: rule
    Policy noBulkExport =
        Policy.of(
            call ->
                call.tool().name().equals("export")
                        && call.arguments().object().get("limit") instanceof Integer limit
                        && limit > 1_000
                    ? Decision.deny(
                        DenialCode.rule("no-bulk-export"),
                        "Exports are limited to 1,000 rows.",
                        "Ask for at most 1,000 rows, or filter by date.")
                    : Decision.allow());
    Governor governor =
        Governor.builder().rule("no-bulk-export", noBulkExport).auditTo(auditDirectory).build();
    // docs: end
    return governor;
  }

  static void grants(Governor governor) {
    // docs: grants
    governor.grants().grantTenantAccess("alice", "acme");
    governor.grants().grantTenantAccess(Subject.user("https://login.example", "bob"), "acme");
    governor.grants().grantTenantAccess(Subject.role("support"), "acme");
    governor.grants().grantPiiPermission("alice");
    governor.grants().revokeTenantAccess("alice", "acme"); // the next call sees it
    governor.grants().revokePiiPermission("alice");
    // docs: end
  }
}
