package io.mcpgovernor.test;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.policy.Identity.Trust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who calls may also be what the host finds in the transport's context, or what callers say. */
final class HostIdentityTest {
  @RegisterExtension
  final GovernorExtension byAccount =
      GovernorExtension.of(new CustomerTools())
          .declaring(
              tools ->
                  tools.principal(
                      context ->
                          context.get("account") instanceof String account
                              ? Principal.verified(account)
                              : null));

  @RegisterExtension
  final GovernorExtension byArguments =
      GovernorExtension.of(new CustomerTools()).with(governor -> governor.trust(Trust.ARGUMENTS));

  @Test
  void theHostsOwnFunctionSeesTheContext() {
    CallAssert call = byAccount.assertThatCall("who_am_i");

    call.withContext("account", "alice").isAllowed().hasText("alice");
    call.as("alice").isDenied("identity");
  }

  @Test
  void callersWhoAreTrustedSayWhoTheyAre() {
    byArguments.assertThatCall("who_am_i").withMeta("user_id", "bob").isAllowed().hasText("bob");
    byArguments.assertThatAudit().hasAttemptAndOutcome("who_am_i").by("bob");
    byAccount.assertThatAudit().hasNoAttempt("who_am_i");
  }
}
