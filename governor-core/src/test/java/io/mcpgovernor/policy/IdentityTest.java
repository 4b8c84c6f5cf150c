package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Principal.Source;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.policy.Identity.Resolution;
import io.mcpgovernor.policy.Identity.Trust;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class IdentityTest {
  private static final List<String> TENANTS = List.of("tenant_id", "tenantId");
  private static final Identity VERIFIED = new Identity(Trust.VERIFIED, TENANTS);
  private static final Identity TRUSTING = new Identity(Trust.ARGUMENTS, TENANTS);
  private static final Principal ALICE = Principal.verified("alice");

  @Test
  void aKnownPrincipalWinsAndUserIdIsBusinessData() {
    for (Identity identity : List.of(VERIFIED, TRUSTING)) {
      Resolution who =
          resolve(identity, "{\"user_id\":\"bob\"}", "{\"user_id\":\"carol\"}", ALICE, Calls.PLAIN);
      assertThat(who.principal()).isEqualTo(ALICE);
      assertThat(who.decision().isAllowed()).isTrue();
    }
  }

  @Test
  void withoutAVerifiedUserNothingIsAllowed() {
    Resolution who =
        resolve(VERIFIED, "{\"user_id\":\"alice\"}", "{\"user_id\":\"alice\"}", null, Calls.PLAIN);
    assertThat(who.principal()).isEqualTo(Principal.NOBODY);
    assertThat(who.tenant()).isNull();
    assertThat(((Decision.Deny) who.decision()).code()).isEqualTo(DenialCode.IDENTITY);
  }

  @Test
  void whereCallersAreTrustedTheFirstSourceWins() {
    trusted("{\"user_id\":\"a\"}", "{\"user_id\":\"m\"}", "a", Source.ARGUMENTS);
    trusted("{\"x\":{\"user_id\":\"a\"}}", "{\"user_id\":\"m\"}", "a", Source.ARGUMENTS);
    trusted("{\"x\":{\"user_id\":\"a\"},\"user_id\":\"b\"}", "{}", "b", Source.ARGUMENTS);
    trusted("{\"n\":1,\"x\":{\"user_id\":\"a\"}}", "{\"user_id\":\"m\"}", "m", Source.META);
    trusted("{\"user_id\":\" \"}", "{\"user_id\":\"m\"}", "m", Source.META);
    trusted("{\"user_id\":7}", "{\"user_id\":\"m\"}", "m", Source.META);
    trusted("{}", "{\"io.mcpgovernor/user_id\":\"m\",\"user_id\":\"n\"}", "m", Source.META);
    trusted("{}", "{}", "default_user", Source.DEFAULT);
    trusted("null", "null", "default_user", Source.DEFAULT);
    trusted("{{", "[]", "default_user", Source.DEFAULT);
  }

  private static void trusted(String arguments, String meta, String user, Source source) {
    Resolution who = resolve(TRUSTING, arguments, meta, null, Calls.PLAIN);
    assertThat(who.principal().subject()).isEqualTo(user);
    assertThat(who.principal().source()).isEqualTo(source);
    assertThat(who.principal().issuer()).isEqualTo(Principal.LOCAL);
    assertThat(who.decision().isAllowed()).isTrue();
  }

  @Test
  void anOverlongNameIsNobodyNotTheDefaultUser() {
    Resolution who =
        resolve(TRUSTING, "{\"user_id\":\"" + "x".repeat(513) + "\"}", "{}", null, Calls.PLAIN);
    assertThat(who.principal()).isEqualTo(Principal.NOBODY);
    assertThat(who.decision().isAllowed()).isFalse();
  }

  @Test
  void theUserArgumentMustNameTheCaller() {
    Tool tool = Calls.tool("{\"name\":\"mine\"}").userArgument("owner").build();
    for (String fits : List.of("{\"owner\":\"alice\"}", "{}", "{\"owner\":null}")) {
      assertThat(resolve(VERIFIED, fits, "{}", ALICE, tool).decision().isAllowed()).isTrue();
    }
    for (String other :
        List.of("\"bob\"", "\"Alice\"", "\"\"", "7", "[\"alice\"]", "{}", "false")) {
      Decision decision =
          resolve(VERIFIED, "{\"owner\":" + other + "}", "{}", ALICE, tool).decision();
      assertThat(((Decision.Deny) decision).code()).isEqualTo(DenialCode.IDENTITY);
      assertThat(((Decision.Deny) decision).reason()).doesNotContain("bob");
    }
  }

  @Test
  void aCallAsksForATenantByAnyNameInArgumentsThenInMeta() {
    tenant("{\"tenant_id\":\"acme\"}", "{}", "acme");
    tenant("{\"tenantId\":\"acme\"}", "{\"tenant_id\":\"other\"}", "acme");
    tenant("{\"n\":1,\"filter\":{\"tenantId\":\"acme\"}}", "{}", "acme");
    tenant("{\"tenant_id\":\"acme\",\"tenantId\":\"acme\"}", "{}", "acme");
    tenant("{\"tenant_id\":42}", "{}", "42");
    tenant("{\"tenant_id\":null}", "{\"io.mcpgovernor/tenant_id\":\"m\",\"tenant_id\":\"n\"}", "m");
    tenant("{}", "{\"tenant_id\":\"n\"}", "n");
    tenant("{}", "{}", null);
  }

  @Test
  void aBlankTenantIsNoneAndNotThatOfTheMeta() {
    tenant("{\"tenant_id\":\" \"}", "{\"tenant_id\":\"mine\"}", null);
    tenant("{\"tenant_id\":\"\",\"tenantId\":\"acme\"}", "{}", "acme");
  }

  private static void tenant(String arguments, String meta, String expected) {
    Resolution who = resolve(VERIFIED, arguments, meta, ALICE, Calls.PLAIN);
    assertThat(who.tenant()).isEqualTo(expected);
    assertThat(who.decision().isAllowed()).isTrue();
  }

  @Test
  void aCallThatNamesTwoTenantsIsDenied() {
    for (String arguments :
        List.of(
            "{\"tenant_id\":\"mine\",\"tenantId\":\"theirs\"}",
            "{\"x\":{\"tenant_id\":\"mine\"},\"tenantId\":\"theirs\"}",
            "{\"tenant_id\":\"mine\",\"request\":{\"tenant_id\":\"theirs\"}}",
            "{\"a\":{\"tenant_id\":\"mine\"},\"b\":{\"tenant_id\":\"theirs\"}}")) {
      noTenant(arguments, "{}");
    }
  }

  @Test
  void aTenantThatIsNoNameIsDenied() {
    for (String value :
        List.of(
            "[\"mine\",\"theirs\"]", "{\"in\":[\"a\"]}", "true", "1.5", "\"" + long257() + "\"")) {
      noTenant("{\"tenant_id\":" + value + "}", "{\"tenant_id\":\"mine\"}");
    }
    noTenant("{}", "{\"tenant_id\":\"" + long257() + "\"}");
    tenant("{\"tenant_id\":\"" + long257().substring(1) + "\"}", "{}", long257().substring(1));
  }

  private static void noTenant(String arguments, String meta) {
    Resolution who = resolve(VERIFIED, arguments, meta, ALICE, Calls.PLAIN);
    assertThat(who.tenant()).isNull();
    assertThat(who.principal()).isEqualTo(ALICE);
    assertThat(((Decision.Deny) who.decision()).code()).isEqualTo(DenialCode.IDENTITY);
  }

  @Test
  void argumentsNobodyCanReadNameNobodyAndThrowNothing() {
    TreeMap<Object, Object> numbers = new TreeMap<>(Map.of(1, "user_id"));
    Tool tool = Calls.tool("{\"name\":\"mine\"}").userArgument("owner").build();
    for (Json unreadable : List.of(Json.of(numbers), Json.text("{"), Json.of(List.of("user_id")))) {
      Resolution who =
          TRUSTING.resolve(new CallRequest("crm", "mine", unreadable, unreadable, null), tool);
      assertThat(who.principal().source()).isEqualTo(Source.DEFAULT);
    }
  }

  private static String long257() {
    return "t".repeat(257);
  }

  private static Resolution resolve(
      Identity identity, String arguments, String meta, Principal principal, Tool tool) {
    return identity.resolve(
        new CallRequest("crm", tool.name(), Json.text(arguments), Json.text(meta), principal),
        tool);
  }
}
