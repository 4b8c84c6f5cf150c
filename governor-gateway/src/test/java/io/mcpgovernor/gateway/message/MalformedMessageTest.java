package io.mcpgovernor.gateway.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpgovernor.call.Json;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MalformedMessageTest {
  private static final MessageBounds BOUNDS = new MessageBounds(4_096, 10);
  private static final String START = "{'jsonrpc':'2.0','id':7,'method':'tools/call','params':";

  @Test
  void whatIsNoJsonIsAParseError() {
    for (String value :
        List.of(
            "",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[1",
            "{'a':1,}",
            "{,}",
            "{'a'}",
            "{'a':}",
            "{'a' 1}",
            "{'a':1 'b':2}",
            "{a:1}",
            "{1:1}",
            "01",
            "1.",
            ".5",
            "+1",
            "1e",
            "1e+",
            "-",
            "--1",
            "0x1",
            "NaN",
            "Infinity",
            "tru",
            "truex",
            "nul",
            "True",
            "'\\x'",
            "'\\u12g4'",
            "'\\u123",
            "'\t'",
            "'\n'",
            "'\0'",
            "'b",
            "'b\\",
            "'b\\'",
            "/* x */ 1",
            "1//",
            "\u00a01",
            "\0")) {
      for (String text : List.of(START + value + "}", "{'x':[" + value + ",")) {
        assertRefused(
            text, MalformedMessageException.PARSE_ERROR, "The message is not valid JSON", null);
      }
    }
    assertRefused("", MalformedMessageException.PARSE_ERROR, "There is no message.", null);
    assertRefused(" \r\n", MalformedMessageException.PARSE_ERROR, "There is no message.", null);
    for (String rest : List.of("{}", "x", "\0", ",", "]", "\ufeff", START + "{}}")) {
      assertRefused(
          START + "{}} " + rest,
          MalformedMessageException.PARSE_ERROR,
          "The message goes on after its end (at byte 59).",
          null);
    }
    assertRefused(
        "\ufeff" + START + "{}}",
        MalformedMessageException.PARSE_ERROR,
        "The message begins with a byte order mark, which JSON may not.",
        null);
  }

  @Test
  void whatIsNoUtf8IsAParseError() {
    for (String bytes :
        List.of(
            "\u0080", // no beginning
            "\u00c3", // cut off
            "\u00c3(",
            "\u00c0\u00af", // overlong
            "\u00c1\u0081",
            "\u00e0\u009f\u00bf",
            "\u00f0\u008f\u00bf\u00bf",
            "\u00ed\u00a0\u0080", // half of a surrogate pair
            "\u00ed\u00bf\u00bf",
            "\u00f4\u0090\u0080\u0080", // beyond Unicode
            "\u00f5\u0080\u0080\u0080",
            "\u00e2\u0082", // cut off
            "\u00e2\u0082(",
            "\u00f0\u009f\u0098",
            "\u00ff",
            "\u00fe")) {
      for (String padding :
          List.of("", "1234567")) { // where eight bytes are looked at, and where not
        byte[] text =
            (START + "{'a':'" + padding + bytes + "'}}").replace('\'', '"').getBytes(ISO_8859_1);
        assertThat(refusal(text, true).getMessage())
            .startsWith("The message is not valid UTF-8 (at byte ");
        assertThat(refusal(text, false).code()).isEqualTo(MalformedMessageException.PARSE_ERROR);
      }
    }
    byte[] end = (START + "{'a':'\u00e2\u0082").replace('\'', '"').getBytes(ISO_8859_1);
    assertThat(refusal(end, true).getMessage()).startsWith("The message is not valid UTF-8");
    // UTF-16 and UTF-32 are not guessed at
    for (String charset : List.of("UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE")) {
      byte[] wide = (START + "{}}").replace('\'', '"').getBytes(Charset.forName(charset));
      assertThat(refusal(wide, true).code()).isEqualTo(MalformedMessageException.PARSE_ERROR);
    }
  }

  @Test
  void whatIsNoMessageIsInvalid() {
    Map<String, String> reasons =
        Map.ofEntries(
            Map.entry("[]", "Batches are not taken: send each message on its own."),
            Map.entry("[" + START + "{}}]", "Batches are not taken: send each message on its own."),
            Map.entry("'x'", "A message must be a JSON object."),
            Map.entry("null", "A message must be a JSON object."),
            Map.entry("{}", "It has no \"jsonrpc\": \"2.0\"."),
            Map.entry(
                "{'jsonrpc':'2.0'}", "It has neither \"method\" nor \"result\" nor \"error\"."),
            Map.entry(
                "{'jsonrpc':'2.0','params':{}}",
                "It has neither \"method\" nor \"result\" nor \"error\"."),
            Map.entry("{'jsonrpc':'1.0','method':'a'}", "Its \"jsonrpc\" must be \"2.0\"."),
            Map.entry("{'jsonrpc':2.0,'method':'a'}", "Its \"jsonrpc\" must be \"2.0\"."),
            Map.entry("{'method':'a'}", "It has no \"jsonrpc\": \"2.0\"."),
            Map.entry(
                "{'jsonrpc':'2.0','method':''}",
                "Its \"method\" must be 1 to 256 characters long."),
            Map.entry(
                "{'jsonrpc':'2.0','method':'" + "é".repeat(257) + "'}",
                "Its \"method\" must be 1 to 256 characters long."),
            Map.entry("{'jsonrpc':'2.0','method':7}", "Its \"method\" must be a string."),
            Map.entry(
                "{'jsonrpc':'2.0','method':'\\ud800'}",
                "Its \"method\" has half of a surrogate pair."),
            Map.entry(
                "{'jsonrpc':'2.0','id':'\\udc00','method':'a'}",
                "Its \"id\" has half of a surrogate pair."),
            Map.entry("{'jsonrpc':'2.0','id':null,'method':'a'}", "Its \"id\" must not be null."),
            Map.entry(
                "{'jsonrpc':'2.0','id':true,'method':'a'}",
                "Its \"id\" must be a string or an integer."),
            Map.entry(
                "{'jsonrpc':'2.0','id':{},'method':'a'}",
                "Its \"id\" must be a string or an integer."),
            Map.entry(
                "{'jsonrpc':'2.0','id':123456789012345678901,'method':'a'}",
                "Its \"id\" is a number of more than 20 characters."),
            Map.entry(
                "{'jsonrpc':'2.0','id':'" + "x".repeat(1_025) + "','method':'a'}",
                "Its \"id\" is longer than 1024 characters."),
            Map.entry("{'jsonrpc':'2.0','result':{}}", "It has no \"id\"."),
            Map.entry(
                "{'jsonrpc':'2.0','method':'a','params':[1]}",
                "Its \"params\" must be an object; MCP has no parameters by position."),
            Map.entry(
                "{'jsonrpc':'2.0','method':'a','params':1}", "Its \"params\" must be an object."),
            Map.entry("{'jsonrpc':'2.0','id':1,'error':'x'}", "Its \"error\" must be an object."),
            Map.entry("{'jsonrpc':'2.0','id':null,'result':{}}", "Its \"id\" must not be null."));
    reasons.forEach(
        (text, reason) -> {
          for (boolean client : new boolean[] {true, false}) {
            MalformedMessageException refusal = refusal(json(text), client);
            assertThat(refusal.getMessage()).as(text).endsWith(reason);
            assertThat(refusal.code()).isEqualTo(MalformedMessageException.INVALID_REQUEST);
          }
        });
  }

  @Test
  void theSenderIsToldWhichMessageItWas() {
    for (String text :
        List.of(
            "{'jsonrpc':'2.0','id':7,'method':'a','result':{}}",
            "{'jsonrpc':'2.0','id':7,'method':'a','error':{}}",
            "{'jsonrpc':'2.0','id':7,'result':{},'error':{}}",
            "{'jsonrpc':'2.0','id':7,'error':null,'result':{}}",
            "{'jsonrpc':'2.0','id':7,'params':{},'result':{}}",
            "{'jsonrpc':'2.0','params':{'a':1,'\\u0061':1},'method':'a','id':7}")) {
      for (boolean client : new boolean[] {true, false}) {
        assertThat(refusal(json(text), client).id()).as(text).isEqualTo(new MessageId("7"));
      }
    }
  }

  @Test
  void anIdThatIsThereTwiceIsNobodys() {
    for (String text :
        List.of(
            "{'jsonrpc':'2.0','id':7,'method':'a','id':8}",
            "{'jsonrpc':'2.0','id':7,'method':'a','ID':8}",
            "{'jsonrpc':'2.0','id':7,'method':'a','\\u0069d':7}",
            "{'jsonrpc':'2.0','id':7,'method':'a','\u0130d':7}",
            "{'jsonrpc':'2.0','id':7.5,'method':'a'}")) {
      assertThat(refusal(json(text), true).id()).as(text).isNull();
    }
  }

  @Test
  void aClientRepeatsNoKeyAtAnyDepth() throws Exception {
    for (String params :
        List.of(
            "{'name':'a','name':'b'}",
            "{'name':'a','n\\u0061me':'b'}",
            "{'a':{'x':1,'y':2,'x':3}}",
            "{'a':[[{'x':{},'\\u0078':3}]]}",
            "{'_meta':{'x':1,'x':1}}",
            "{'a':{'\\ud83d\\ude00':1,'😀':2}}",
            "{'a':{'':1,'':2}}",
            "{'a':{'\\/':1,'/':2}}",
            "{'a':{'\\n':1,'\\u000A':2}}")) {
      MalformedMessageException refusal = refusal(json(START + params + "}"), true);
      assertThat(refusal.getMessage())
          .as(params)
          .isEqualTo("The message is not valid. It has the same key twice in one object.");
      assertThat(refusal.id()).isEqualTo(new MessageId("7"));
    }
    for (String params :
        List.of("{'a':{'x':1},'b':{'x':1,'a':{'b':{'x':2}}}}", "{'a':{'x':1,'X':2}}")) {
      assertThat(Message.ofClient(json(START + params + "}"), BOUNDS).method())
          .isEqualTo("tools/call");
    }
  }

  @Test
  void aServerMayRepeatAKeyFurtherIn() throws Exception {
    String start = "{'jsonrpc':'2.0','id':7,";
    for (String body :
        List.of(
            "'result':{'a':{'x':1,'x':2}}",
            "'result':[{'x':1,'x':2}]",
            "'error':{'data':{'x':1,'x':2}}",
            "'method':'a','params':{'_meta':{'x':1,'x':2}}")) {
      Message read = Message.ofServer(json(start + body + "}"), BOUNDS);
      assertThat(read.utf8()).isEqualTo(json(start + body + "}"));
      assertThat(refusal(json(start + body + "}"), true).getMessage())
          .contains("the same key twice");
    }
    for (String body :
        List.of(
            "'result':{'a':1,'a':2}",
            "'error':{'code':1,'code':2}",
            "'method':'a','params':{'x':1,'x':2}",
            "'result':{},'result':{}")) {
      assertThat(refusal(json(start + body + "}"), false).getMessage())
          .contains("the same key twice");
    }
  }

  @Test
  void noKeyIsAKnownOneButForCase() throws Exception {
    for (String text :
        List.of(
            "{'jsonrpc':'2.0','id':7,'method':'a','Params':{}}",
            "{'jsonrpc':'2.0','id':7,'method':'a','param\u017f':{}}", // long s
            "{'jsonrpc':'2.0','id':7,'method':'a','\\u0050arams':{}}",
            "{'jsonrpc':'2.0','id':7,'method':'a','METHOD':'b'}",
            "{'jsonrpc':'2.0','id':7,'method':'a','reſult':{}}",
            START + "{'Name':'b'}}",
            START + "{'name':'a','NAME':'b'}}",
            START + "{'argument\u017f':{}}}",
            START + "{'ta\u017f\u212a':{}}}", // Kelvin sign
            START + "{'ur\u0130':1}}",
            START + "{'ur\u0131':1}}",
            START + "{'_META':{}}}",
            START + "{'requeststate':'x'}}",
            START + "{'_meta':{'io.modelcontextprotocol/protocolversion':'x'}}}",
            START + "{'_meta':{'PROGRESSTOKEN':'x'}}}")) {
      for (boolean client : new boolean[] {true, false}) {
        assertThat(refusal(json(text), client).getMessage())
            .as(text)
            .isEqualTo(
                "The message is not valid. It has a key that is a known one but for upper and lower"
                    + " case.");
      }
    }
    String far =
        "{'jsonrpc':'2.0','id':7,'method':'a','Name':1,'params':{'arguments':{'NAME':1,'Id':2},'Id':1,"
            + "'_meta':{'Name':1,'com.example/ID':2}}}";
    assertThat(Message.ofClient(json(far), BOUNDS).text("Name")).isNull();
    assertThat(
            Message.ofServer(json("{'jsonrpc':'2.0','id':7,'result':{'Name':'x'}}"), BOUNDS)
                .text("Name"))
        .isEqualTo("x");
  }

  @Test
  void aKeyOfAClientHoldsNoHalfCharacter() throws Exception {
    for (String key : List.of("\\ud800", "x\\udc00", "\\udc00\\ud800", "\\ud83d\\ude00\\ud83d")) {
      MalformedMessageException refusal =
          refusal(json(START + "{'arguments':{'" + key + "':1}}}"), true);
      assertThat(refusal.getMessage()).contains("half of a surrogate pair");
    }
    Message.ofClient(json(START + "{'arguments':{'\\ud83d\\ude00':'\\ud83d'}}}"), BOUNDS);
  }

  @Test
  void whatAClientMayNotAServerMayWhereItDoesNoHarm() throws Exception {
    for (String text :
        List.of(
            "{'jsonrpc':'2.0','id':7.0,'method':'a'}",
            "{'jsonrpc':'2.0','id':7e0,'method':'a'}",
            "{'jsonrpc':'2.0','id':null,'error':{}}",
            "{'jsonrpc':'2.0','method':'a','params':null}")) {
      assertThat(refusal(json(text), true).code())
          .isEqualTo(MalformedMessageException.INVALID_REQUEST);
      assertThat(Message.ofServer(json(text), BOUNDS).utf8()).isEqualTo(json(text));
    }
  }

  @Test
  void aMessageHasBounds() throws Exception {
    String fits = START + "{'a':'" + "x".repeat(4_096 - START.length() - 9) + "'}}";
    assertThat(Message.ofClient(json(fits), BOUNDS).utf8()).hasSize(4_096);
    MalformedMessageException tooLarge = refusal(json(fits + " "), true);
    assertThat(tooLarge).hasMessage("The message is larger than 4096 bytes.");
    assertThat(tooLarge.code()).isEqualTo(MalformedMessageException.INVALID_REQUEST);

    String deep = START + "{'a':" + "[".repeat(8) + "]".repeat(8) + "}}";
    assertThat(Message.ofClient(json(deep), BOUNDS).member("a")).isNotNull();
    for (String deeper :
        List.of(
            START + "{'a':" + "[".repeat(9) + "]".repeat(9) + "}}",
            START + "{'a':" + "{'b':".repeat(9) + "1" + "}".repeat(9) + "}}",
            "{'x':" + "[".repeat(4_000))) {
      assertThat(refusal(json(deeper), true))
          .hasMessage("The message is nested deeper than 10 levels.");
    }
    MessageBounds flat = new MessageBounds(1 << 20, 1);
    assertThat(Message.ofClient(json("{'jsonrpc':'2.0','method':'a'}"), flat).method())
        .isEqualTo("a");
    MessageBounds deepest = new MessageBounds(1 << 20, Json.DEPTH_MAX);
    String all = "{'x':" + "[".repeat(255) + "]".repeat(255) + ",'jsonrpc':'2.0','method':'a'}";
    assertThat(Message.ofClient(json(all), deepest).method()).isEqualTo("a");
    assertThat(Json.utf8(json(all)).tree()).isNotNull();
  }

  @Test
  void aRefusalNeverQuotesWhatWasSent() {
    for (String text :
        List.of(
            START + "{'a':'4111111111111111'x}}",
            "{'jsonrpc':'secret','method':'a'}",
            START + "{'secret':1,'secret':2}}",
            START + "{'NAME':'secret'}}")) {
      assertThat(refusal(json(text), true).getMessage()).doesNotContain("4111", "secret");
    }
  }

  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(UTF_8);
  }

  private static void assertRefused(String text, int code, String reason, @Nullable MessageId id) {
    for (boolean client : new boolean[] {true, false}) {
      MalformedMessageException refusal = refusal(json(text), client);
      assertThat(refusal.getMessage()).as(text).startsWith(reason);
      assertThat(refusal.code()).isEqualTo(code);
      assertThat(refusal.id()).isEqualTo(id);
    }
  }

  private static MalformedMessageException refusal(byte[] text, boolean client) {
    MalformedMessageException refusal =
        catchThrowableOfType(
            MalformedMessageException.class,
            () -> {
              if (client) {
                Message.ofClient(text, BOUNDS);
              } else {
                Message.ofServer(text, BOUNDS);
              }
            });
    assertThat(refusal).as(new String(text, UTF_8)).isNotNull();
    return refusal;
  }
}
