package io.mcpgovernor.gateway.relay;

import static io.mcpgovernor.gateway.relay.Texts.client;
import static io.mcpgovernor.gateway.relay.Texts.headers;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.gateway.message.Message;
import org.junit.jupiter.api.Test;

class RevisionTest {
  private static final String META = "io.modelcontextprotocol/protocolVersion";
  private static final Headers NOW = headers("MCP-Protocol-Version", "2026-07-28");
  private static final Headers THEN = headers("MCP-Protocol-Version", "2025-11-25");

  private static final Message PLAIN = client("{'jsonrpc':'2.0','id':1,'method':'tools/list'}");
  private static final Message CLAIMED = claiming("{'jsonrpc':'2.0','id':1,", "'2026-07-28'");
  private static final Message INITIALIZE =
      client(
          "{'jsonrpc':'2.0','id':1,'method':'initialize','params':{'protocolVersion':'2025-06-18'}}");

  @Test
  void whatAMessageSaysOfItselfCounts() {
    assertThat(Revision.of(NOW, CLAIMED)).isEqualTo(new Revision.Stateless("2026-07-28"));
    assertThat(Revision.of(Headers.NONE, CLAIMED)).isEqualTo(new Revision.Stateless("2026-07-28"));
    assertThat(Revision.of(Headers.NONE, PLAIN)).isEqualTo(new Revision.Legacy(null));
    assertThat(Revision.of(THEN, PLAIN)).isEqualTo(new Revision.Legacy("2025-11-25"));
    assertThat(Revision.of(THEN, claiming("{'jsonrpc':'2.0','id':1,", "'2025-11-25'")))
        .isEqualTo(new Revision.Legacy("2025-11-25"));
    assertThat(Revision.of(Headers.NONE, claiming("{'jsonrpc':'2.0','id':1,", "'2027-01-01'")))
        .isEqualTo(new Revision.Stateless("2027-01-01"));
  }

  @Test
  void initializeIsOfTheErasThatKnowIt() {
    assertThat(Revision.of(Headers.NONE, INITIALIZE)).isEqualTo(new Revision.Legacy("2025-06-18"));
    assertThat(Revision.of(THEN, INITIALIZE)).isEqualTo(new Revision.Legacy("2025-06-18"));
    assertThat(Revision.of(NOW, INITIALIZE))
        .isInstanceOfSatisfying(
            Revision.Malformed.class, malformed -> assertThat(malformed.code()).isEqualTo(-32_020));
  }

  @Test
  void theHeaderOfANotificationCountsWhereItSaysNothingItself() {
    Message plain = client("{'jsonrpc':'2.0','method':'notifications/cancelled'}");
    assertThat(Revision.of(NOW, plain)).isEqualTo(new Revision.Stateless("2026-07-28"));
    assertThat(Revision.of(THEN, plain)).isEqualTo(new Revision.Legacy("2025-11-25"));
    assertThat(Revision.of(Headers.NONE, claiming("{'jsonrpc':'2.0',", "'2026-07-28'")))
        .isEqualTo(new Revision.Stateless("2026-07-28"));
  }

  @Test
  void answersOfClientsAreLegacy() {
    assertThat(Revision.of(THEN, client("{'jsonrpc':'2.0','id':1,'result':{}}")))
        .isEqualTo(new Revision.Legacy("2025-11-25"));
  }

  @Test
  void whatTwoReadersCouldTakeForTwoErasIsMalformed() {
    assertThat(Revision.of(THEN, CLAIMED))
        .isEqualTo(
            new Revision.Malformed(
                -32_020,
                "The header MCP-Protocol-Version and the protocol version in _meta differ."));
    assertThat(Revision.of(NOW, PLAIN))
        .isEqualTo(
            new Revision.Malformed(
                -32_602,
                "The header MCP-Protocol-Version names a revision whose requests need"
                    + " params._meta[\""
                    + META
                    + "\"]."));
    for (String claim : new String[] {"7", "null", "['2026-07-28']"}) {
      for (Message message :
          new Message[] {
            claiming("{'jsonrpc':'2.0','id':1,", claim), claiming("{'jsonrpc':'2.0',", claim)
          }) {
        for (Headers headers : new Headers[] {NOW, THEN, Headers.NONE}) {
          assertThat(Revision.of(headers, message))
              .isEqualTo(
                  new Revision.Malformed(-32_602, "params._meta[\"" + META + "\"] must be a string."));
        }
      }
    }
  }

  @Test
  void whatIsMalformedIsOfTheEraWhoseHeadersItDoesNotPass() {
    for (Message message :
        new Message[] {PLAIN, CLAIMED, INITIALIZE, claiming("{'jsonrpc':'2.0','id':1,", "7")}) {
      for (Headers headers : new Headers[] {NOW, THEN}) {
        Headers all = headers.with("mcp-method", message.method());
        boolean isMalformed = Revision.of(all, message) instanceof Revision.Malformed;
        boolean isLegacy = Era.of(all, message) == Era.LEGACY;
        assertThat(isMalformed)
            .isEqualTo(!isLegacy && HeaderCheck.problem(all, message, null) != null);
      }
    }
    assertThat(Era.of(NOW, CLAIMED)).isEqualTo(Era.STATELESS);
    assertThat(Era.of(THEN, INITIALIZE)).isEqualTo(Era.LEGACY);
  }

  private static Message claiming(String start, String claim) {
    return client(
        start + "'method':'tools/list','params':{'_meta':{'" + META + "':" + claim + "}}}");
  }
}
