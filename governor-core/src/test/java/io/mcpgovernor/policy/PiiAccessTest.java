package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PiiAccessTest {
  private final Grants grants = new Grants(change -> {});
  private final PiiAccess rule = new PiiAccess(grants);

  @Test
  void aToolWhoseNameSpeaksOfPiiReadsIt() {
    for (String name :
        List.of(
            "customer_email",
            "getCustomerPhone",
            "get-ssn",
            "SSN",
            "ssn_lookup",
            "lookupSSN",
            "getSSNByName",
            "SSNLookup",
            "listSSNs",
            "find_email2",
            "phone4customer",
            "IBANCheck",
            "eMail",
            "EMail",
            "credit_card_of",
            "creditCardNumber",
            "date-of-birth",
            "PHONE.get",
            "get/passport",
            "home_address")) {
      assertThat(rule.readsPii(Calls.named("crm", name))).as(name).isTrue();
    }
  }

  @Test
  void partsOfWordsAreNotWords() {
    for (String name :
        List.of(
            "session",
            "get_session",
            "openSSNet",
            "telephony",
            "microphone",
            "emailer",
            "impatient",
            "cardinal",
            "get_customer",
            "assnment",
            "ibans_x",
            "headphones",
            "credit",
            "card",
            "address",
            "birth",
            "social",
            "xml2ssna")) {
      assertThat(rule.readsPii(Calls.named("crm", name))).as(name).isFalse();
    }
  }

  @Test
  void titleAndDescriptionCountAndSchemasDoNot() {
    assertThat(reads("\"title\":\"Customer e-mail\"")).isTrue();
    assertThat(reads("\"description\":\"Returns the Social Security number.\"")).isTrue();
    assertThat(reads("\"description\":\"date\\nof\\tbirth\"")).isTrue();
    assertThat(
            reads(
                "\"inputSchema\":{\"properties\":{\"email\":{\"description\":\"an email\"},"
                    + "\"ssn\":{},\"user_id\":{}}}"))
        .isFalse();
  }

  @Test
  void whatIsPassedNeverMakesACallReadPii() {
    Json arguments = Json.of(Map.of("user_id", "7", "email", "a@b.example", "ssn", "123-45-6789"));
    assertThat(
            rule.decideNow(Calls.of(Principal.verified("alice"), null, Calls.PLAIN, arguments))
                .isAllowed())
        .isTrue();
  }

  @Test
  void whatTheOperatorDeclaresWins() {
    Tool declaredNot = Calls.tool("{\"name\":\"get_email\"}").requiresPii(false).build();
    Tool declared = Calls.tool("{\"name\":\"get_orders\"}").requiresPii(true).build();
    assertThat(rule.readsPii(declaredNot)).isFalse();
    assertThat(rule.readsPii(declared)).isTrue();
  }

  @Test
  void whoReadsPiiNeedsThePermission() {
    Tool tool = Calls.named("crm", "get_email");
    Principal alice = Principal.verified("alice");
    Decision.Deny deny =
        (Decision.Deny) rule.decideNow(Calls.of(alice, null, tool, Json.EMPTY_OBJECT));
    assertThat(deny.code()).isEqualTo(DenialCode.PII_ACCESS);
    assertThat(deny.suggestions().get(0)).contains("PII_READ");
    assertThat(deny.metadata()).containsEntry("requires_pii", true);
    assertThat(rule.mayUse(alice, tool)).isFalse();
    grants.grantPiiPermission("alice");
    assertThat(rule.decideNow(Calls.of(alice, null, tool, Json.EMPTY_OBJECT)).isAllowed()).isTrue();
    assertThat(rule.mayUse(Principal.verified("bob"), tool)).isFalse();
  }

  @Test
  void aToolRegisteredAnewIsLookedAtAnew() {
    assertThat(reads("\"title\":\"Orders\"")).isFalse();
    assertThat(reads("\"title\":\"Phones\"")).isTrue();
  }

  private boolean reads(String members) {
    return rule.readsPii(Calls.tool("{\"name\":\"find\"," + members + "}").build());
  }
}
