package io.mcpgovernor.gateway.relay;

import static io.mcpgovernor.gateway.relay.Texts.client;
import static io.mcpgovernor.gateway.relay.Texts.headers;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.gateway.message.Message;
import org.junit.jupiter.api.Test;

class EraTest {
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
    assertThat(Era.of(NOW, CLAIMED)).isEqualTo(new Era.Stateless("2026-07-28"));
    assertThat(Era.of(Headers.NONE, CLAIMED)).isEqualTo(new Era.Stateless("2026-07-28"));
    assertThat(Era.of(Headers.NONE, PLAIN)).isEqualTo(new Era.Legacy(null));
    assertThat(Era.of(THEN, PLAIN)).isEqualTo(new Era.Legacy("2025-11-25"));
    assertThat(Era.of(THEN, claiming("{'jsonrpc':'2.0','id':1,", "'2025-11-25'")))
        .isEqualTo(new Era.Legacy("2025-11-25"));
    assertThat(Era.of(Headers.NONE, claiming("{'jsonrpc':'2.0','id':1,", "'2027-01-01'")))
        .isEqualTo(new Era.Stateless("2027-01-01"));
  }

  @Test
  void initializeIsOfTheErasThatKnowIt() {
    assertThat(Era.of(Headers.NONE, INITIALIZE)).isEqualTo(new Era.Legacy("2025-06-18"));
    assertThat(Era.of(THEN, INITIALIZE)).isEqualTo(new Era.Legacy("2025-06-18"));
    assertThat(Era.of(NOW, INITIALIZE))
        .isInstanceOfSatisfying(
            Era.Malformed.class, malformed -> assertThat(malformed.code()).isEqualTo(-32_020));
  }

  @Test
  void theHeaderOfANotificationCountsWhereItSaysNothingItself() {
    Message plain = client("{'jsonrpc':'2.0','method':'notifications/cancelled'}");
    assertThat(Era.of(NOW, plain)).isEqualTo(new Era.Stateless("2026-07-28"));
    assertThat(Era.of(THEN, plain)).isEqualTo(new Era.Legacy("2025-11-25"));
    assertThat(Era.of(Headers.NONE, claiming("{'jsonrpc':'2.0',", "'2026-07-28'")))
        .isEqualTo(new Era.Stateless("2026-07-28"));
  }

  @Test
  void answersOfClientsAreLegacy() {
    assertThat(Era.of(THEN, client("{'jsonrpc':'2.0','id':1,'result':{}}")))
        .isEqualTo(new Era.Legacy("2025-11-25"));
  }

  @Test
  void whatTwoReadersCouldTakeForTwoErasIsMalformed() {
    assertThat(Era.of(THEN, CLAIMED))
        .isEqualTo(
            new Era.Malformed(
                -32_020,
                "The header MCP-Protocol-Version and the protocol version in _meta differ."));
    assertThat(Era.of(NOW, PLAIN))
        .isEqualTo(
            new Era.Malformed(
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
          assertThat(Era.of(headers, message))
              .isEqualTo(
                  new Era.Malformed(-32_602, "params._meta[\"" + META + "\"] must be a string."));
        }
      }
    }
  }

  private static Message claiming(String start, String claim) {
    return client(
        start + "'method':'tools/list','params':{'_meta':{'" + META + "':" + claim + "}}}");
  }
}
