package io.mcpgovernor.gateway.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.gateway.message.Message.Kind;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageTest {
  private static final MessageBounds BOUNDS = new MessageBounds(1 << 20, 256);

  private static final String CALL =
      """
      { "jsonrpc" : "2.0", "id" : "a\\u0062", "method":"tools/call",
        "params" : {"name":"\\u0065xport", "arguments":{"limit":1.10, "x":[ ]} , "_meta":{"k":1}} , "more" : 1e2 }
      """;

  @Test
  void aRequestIsReadWithoutBeingChanged() throws Exception {
    byte[] bytes = CALL.getBytes(UTF_8);
    Message message = Message.ofClient(bytes, BOUNDS);
    assertThat(message.utf8()).isSameAs(bytes);
    assertThat(message.kind()).isEqualTo(Kind.REQUEST);
    assertThat(message.id()).isEqualTo(new MessageId("\"ab\"")).isEqualTo(MessageId.of("ab"));
    assertThat(message.method()).isEqualTo("tools/call");
    assertThat(text(message.member("arguments"))).isEqualTo("{\"limit\":1.10, \"x\":[ ]}");
    assertThat(message.text("name")).isEqualTo("export");
    assertThat(message.text("arguments")).isNull();
    assertThat(message.member("cursor")).isNull();
    assertThat(text(message.body())).startsWith("{\"name\"").endsWith("\"_meta\":{\"k\":1}}");
  }

  @Test
  void everyKindOfMessageIsTold() throws Exception {
    assertThat(client("{'jsonrpc':'2.0','method':'ping','id':7}").kind()).isEqualTo(Kind.REQUEST);
    Message notification = client("{'jsonrpc':'2.0','method':'notifications/initialized'}");
    assertThat(notification.kind()).isEqualTo(Kind.NOTIFICATION);
    assertThat(notification.id()).isNull();
    assertThat(notification.body()).isNull();
    Message result = client("{'jsonrpc':'2.0','id':-0,'result':{'action':'accept'}}");
    assertThat(result.kind()).isEqualTo(Kind.RESULT);
    assertThat(result.id()).isEqualTo(new MessageId("0"));
    assertThat(result.method()).isEmpty();
    assertThat(result.text("action")).isEqualTo("accept");
    Message error = client("{'jsonrpc':'2.0','id':1,'error':{'code':-1,'message':'no'}}");
    assertThat(error.kind()).isEqualTo(Kind.ERROR);
    assertThat(error.text("message")).isEqualTo("no");
    Message nobodys = server("{'jsonrpc':'2.0','id':null,'error':{'code':-1,'message':'no'}}");
    assertThat(nobodys.kind()).isEqualTo(Kind.ERROR);
    assertThat(nobodys.id()).isNull();
    Message plain = server("{'jsonrpc':'2.0','id':1,'result':[1]}");
    assertThat(text(plain.body())).isEqualTo("[1]");
    assertThat(plain.member("0")).isNull();
  }

  @Test
  void anIdKeepsItsType() throws Exception {
    assertThat(client("{'jsonrpc':'2.0','method':'ping','id':'7'}").id())
        .isEqualTo(new MessageId("\"7\""))
        .isNotEqualTo(client("{'jsonrpc':'2.0','method':'ping','id':7}").id());
    assertThat(server("{'jsonrpc':'2.0','result':{},'id':7.0}").id())
        .isEqualTo(server("{'jsonrpc':'2.0','result':{},'id':70e-1}").id())
        .isEqualTo(new MessageId("7"));
  }

  @Test
  void whatIsReplacedIsAllThatChanges() throws Exception {
    Message message = Message.ofClient(CALL.getBytes(UTF_8), BOUNDS);
    Message other = message.withId(MessageId.of("longer \"id\""));
    assertThat(text(other)).isEqualTo(CALL.replace("\"a\\u0062\"", "\"longer \\\"id\\\"\""));
    assertThat(other.text("name")).isEqualTo("export");
    assertThat(text(message.withMember("name", Json.text("\"x\""))))
        .isEqualTo(CALL.replace("\"\\u0065xport\"", "\"x\""));
    Message more = other.withMember("new", Json.text("[1]")).withMember("_meta", Json.text("{}"));
    assertThat(text(more.body())).endsWith("\"x\":[ ]} , \"_meta\":{},\"new\":[1]}");
    assertThat(text(more.withId(new MessageId("\"ab\"")))).endsWith(", \"more\" : 1e2 }\n");
    Message empty = more.withBody(Json.EMPTY_OBJECT).withMember("a", Json.NULL);
    assertThat(text(empty.body())).isEqualTo("{\"a\":null}");
    assertThat(text(empty)).startsWith("{ \"jsonrpc\"").endsWith(", \"more\" : 1e2 }\n");
  }

  @Test
  void whatHasNoBodyGetsOne() throws Exception {
    Message list = client("{'jsonrpc':'2.0','id':1,'method':'tools/list'} ");
    assertThat(text(list.withMember("cursor", Json.of("a"))))
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"cursor\":\"a\"}}"
                + " ");
    assertThat(list.withBody(Json.of(Map.of("cursor", "a"))).text("cursor")).isEqualTo("a");
    assertThat(list.withMember("cursor", Json.of("a")).withId(new MessageId("100")).text("cursor"))
        .isEqualTo("a");
    Message none = server("{'jsonrpc':'2.0','params':null,'method':'notifications/x'}");
    assertThat(none.body()).isNull();
    assertThat(text(none.withMember("a", Json.of(1))))
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"params\":{\"a\":1},\"method\":\"notifications/x\"}");
    assertThatThrownBy(() -> none.withId(new MessageId("1")))
        .isInstanceOf(IllegalStateException.class);
    Message plain = server("{'jsonrpc':'2.0','id':1,'result':[1]}");
    assertThatThrownBy(() -> plain.withMember("a", Json.NULL))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void ourOwnMessagesAreReadLikeAnyOther() throws Exception {
    Json params = Json.text("{\"name\":\"x\"}");
    for (Message own :
        new Message[] {
          Message.request(MessageId.of("é\""), "tools/list", params),
          Message.notification("notifications/cancelled", params),
          Message.result(new MessageId("7"), params),
          Message.error(new MessageId("7"), -32_000, "not \"now\"", params),
          Message.error(MessageId.of("7"), -32_000, "not now", null)
        }) {
      Message read = Message.ofClient(own.utf8(), BOUNDS);
      assertThat(read.kind()).isEqualTo(own.kind());
      assertThat(read.id()).isEqualTo(own.id());
      assertThat(read.method()).isEqualTo(own.method());
      assertThat(text(read.body())).isEqualTo(text(own.body()));
      assertThat(text(read.withMember("a", Json.NULL)))
          .isEqualTo(text(own.withMember("a", Json.NULL)));
      assertThat(own.line()).isSameAs(own.utf8());
    }
    Message error = Message.error(null, -32_700, "no message", null);
    assertThat(text(error))
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":\"no"
                + " message\"}}");
    assertThat(Message.ofServer(error.utf8(), BOUNDS).id()).isNull();
  }

  @Test
  void lineBreaksBetweenTokensBecomeBlanksOnALine() throws Exception {
    Message message = client("{'jsonrpc':'2.0',\r\n'id':1,\n\n'method':'a\\nb'\r}\n");
    assertThat(new String(message.line(), UTF_8))
        .isEqualTo("{\"jsonrpc\":\"2.0\",  \"id\":1,  \"method\":\"a\\nb\" } ");
    assertThat(text(message)).contains("\n");
  }

  @Test
  void itSaysNothingOfWhatItHolds() throws Exception {
    assertThat(client("{'jsonrpc':'2.0','id':1,'method':'secret'}").toString())
        .isEqualTo("Message[REQUEST, 42 bytes]");
  }

  private static Message client(String json) throws MalformedMessageException {
    return Message.ofClient(json.replace('\'', '"').getBytes(UTF_8), BOUNDS);
  }

  private static Message server(String json) throws MalformedMessageException {
    return Message.ofServer(json.replace('\'', '"').getBytes(UTF_8), BOUNDS);
  }

  private static String text(Message message) {
    return new String(message.utf8(), UTF_8);
  }

  private static String text(@Nullable Json json) {
    return new String(Objects.requireNonNull(json).utf8(), UTF_8);
  }
}
