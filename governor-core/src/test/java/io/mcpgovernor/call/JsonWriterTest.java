package io.mcpgovernor.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

  @Test
  void aStringInUtf8IsWrittenAsTheSameString() {
    StringBuilder every = new StringBuilder("\ud83d\ude00");
    for (char c = 0; c < 0x300; c++) {
      every.append(c);
    }
    byte[] utf8 = ("<<" + every + ">>").getBytes(StandardCharsets.UTF_8);

    JsonWriter written = new JsonWriter(0).text(utf8, 2, utf8.length - 2);

    assertThat(text(written)).isEqualTo(text(new JsonWriter(0).value(every.toString())));
  }

  @Test
  void commasStandBetweenValuesAndNowhereElse() {
    JsonWriter json = new JsonWriter(0);
    json.beginObject()
        .field("text", "a")
        .field("none", (String) null)
        .field("number", Long.MIN_VALUE)
        .field("flag", false)
        .field("json", Json.text("{ }"))
        .field("noJson", (Json) null)
        .name("list")
        .beginArray()
        .value(1)
        .beginArray()
        .endArray()
        .beginObject()
        .endObject()
        .value("b")
        .raw("xx[2]xx".getBytes(StandardCharsets.US_ASCII), 2, 5)
        .endArray()
        .name("last")
        .value((Object) List.of())
        .endObject();
    assertThat(text(json))
        .isEqualTo(
            "{\"text\":\"a\",\"none\":null,\"number\":-9223372036854775808,\"flag\":false,"
                + "\"json\":{ },\"noJson\":null,\"list\":[1,[],{},\"b\",[2]],\"last\":[]}");
    assertThat(json.size()).isEqualTo(json.toByteArray().length);
  }

  @Test
  void numbersAreWrittenAsJavaWritesThem() {
    List<Object> numbers =
        new ArrayList<>(List.of(Long.MAX_VALUE, Long.MIN_VALUE, -1, 0, 0f, 1.1f, 123_456_789.0f));
    for (double at :
        new double[] {0, -0.0, 0.0005, 1e-3, 0.017, 1.25, 64.5, 9e6, 1e7, 1e16, 1e300}) {
      numbers.addAll(List.of(at, -at, Math.nextUp(at), Math.nextDown(at), at + 0.001, at / 3));
    }
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      numbers.add(random.nextLong() >> random.nextInt(64));
      numbers.add(random.nextInt() >> random.nextInt(32));
      numbers.add(random.nextLong(20_000_000_000L) / 1_000.0);
      numbers.add(Double.longBitsToDouble(random.nextLong() & ~(1L << 62)));
    }
    assertThat(numbers).allMatch(number -> written(number).equals(number.toString()));
  }

  @Test
  void momentsAreWrittenInUtcToTheMicrosecond() {
    DateTimeFormatter asBefore =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    Random random = new Random(12);
    for (int i = 0; i < 2_000; i++) {
      long second = random.nextLong(-62_167_219_200L, 253_402_300_800L); // years 0 to 9999
      Instant at = Instant.ofEpochSecond(second, random.nextInt(1_000_000_000));
      assertThat(text(new JsonWriter(0).value(at))).isEqualTo('"' + asBefore.format(at) + '"');
    }
    Instant far = Instant.parse("+12345-01-02T03:04:05.006007008Z");
    assertThat(text(new JsonWriter(0).value(far))).isEqualTo("\"+12345-01-02T03:04:05.006007Z\"");
  }

  @Test
  void aWriterThatWasClearedWritesAsIfItWereNew() {
    JsonWriter json = new JsonWriter(0).beginObject().field("secret", "x".repeat(100));
    json.clear().beginArray().value(1).value(0.5).endArray();
    assertThat(text(json)).isEqualTo("[1,0.5]");
    assertThat(json.written()).isEqualTo(ByteBuffer.wrap(json.toByteArray()));
  }

  @Test
  void valuesStandOnLinesAndOneThatIsCutLeavesNothing() throws Exception {
    JsonWriter json = new JsonWriter(0);
    json.beginObject().field("a", 1).endObject().endLine();
    int second = json.size();
    json.beginObject().field("secret", "x").name("b").beginArray();
    json.cutTo(second).value(2);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    json.digest(digest, second);
    json.endLine();
    assertThat(text(json)).isEqualTo("{\"a\":1}\n2\n");
    assertThat(digest.digest())
        .isEqualTo(MessageDigest.getInstance("SHA-256").digest(new byte[] {'2'}));
  }

  @Test
  void valuesWrittenWhileOthersAreWrittenDoNotMix() {
    Map<String, Object> nosy = new LinkedHashMap<>(Map.of("a", 1));
    byte[] outer =
        JsonWriter.bytes(
            json -> {
              json.beginArray().value("before");
              assertThat(JsonWriter.bytes(inner -> inner.value((Object) nosy)))
                  .asString()
                  .isEqualTo("{\"a\":1}");
              json.value("after").endArray();
            });
    assertThat(outer).asString().isEqualTo("[\"before\",\"after\"]");
  }

  @Test
  void whatCouldNotBeWrittenLeavesNothingBehind() {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> Json.of(List.of("secret", new Object())).utf8())
          .isInstanceOf(MalformedJsonException.class);
      assertThat(Json.of(List.of("x")).utf8()).asString().isEqualTo("[\"x\"]");
    }
  }

  @Test
  void onlyWhatJsonDemandsIsEscaped() {
    assertThat(written("\"\\/\b\f\n\r\t\u0000\u001f\u007f\u0080é\u2028👩\uffff"))
        .isEqualTo(
            "\"\\\"\\\\/\\u0008\\u000c\\n\\r\\t\\u0000\\u001f\\u007f\u0080é\u2028👩\uffff\"");
  }

  @Test
  void everyCharacterIsWrittenAsJavaWouldEncodeIt() {
    StringBuilder all = new StringBuilder();
    for (int point = 0x80; point <= Character.MAX_CODE_POINT; point++) {
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        all.appendCodePoint(point);
      }
    }
    assertThat(Json.of(all.toString()).utf8())
        .isEqualTo(("\"" + all + "\"").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aLoneSurrogateBecomesTheReplacementCharacter() {
    assertThat(written("a\ud83db\udc69\ud83d")).isEqualTo("\"a\ufffdb\ufffd\ufffd\"");
    assertThat(written("\udc69\ud83d")).isEqualTo("\"\ufffd\ufffd\"");
  }

  @Test
  void depth256IsWrittenAnd257IsTooDeep() {
    Object tree = "x";
    for (int i = 0; i < 256; i++) {
      tree = i % 2 == 0 ? Map.of("a", tree) : List.of(tree);
    }
    assertThat(Json.utf8(Json.of(tree).utf8()).tree()).isEqualTo(tree);
    Object deeper = List.of(tree);
    assertThat(
            catchThrowableOfType(MalformedJsonException.class, () -> Json.of(deeper).utf8())
                .isTooDeep())
        .isTrue();
  }

  @Test
  void aTreeThatContainsItselfIsTooDeep() {
    Map<String, Object> map = new HashMap<>();
    map.put("self", map);
    List<Object> list = new ArrayList<>();
    list.add(list);
    for (Object tree : List.of((Object) List.of(map), Map.of("list", new Object[] {list}[0]))) {
      assertThat(
              catchThrowableOfType(MalformedJsonException.class, () -> Json.of(tree).utf8())
                  .isTooDeep())
          .isTrue();
    }
  }

  @Test
  void whatJsonCannotExpressIsRefusedWithoutQuotingIt() {
    Map<Object, Object> keys = new HashMap<>();
    keys.put(6789, "x");
    Map<Object, Object> nullKey = new HashMap<>();
    nullKey.put(null, "6789");
    for (Object value :
        Arrays.asList(
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            keys,
            nullKey,
            new StringBuilder("6789"),
            new char[] {'6'},
            new Object[] {"6789"},
            Set.of("6789"),
            'c',
            Instant.ofEpochSecond(6789),
            Json.text("6789"))) {
      for (Object tree : List.of(value, List.of(value), Map.of("a", value))) {
        assertThatThrownBy(() -> Json.of(tree).utf8())
            .isInstanceOf(MalformedJsonException.class)
            .message()
            .doesNotContain("6789");
      }
    }
  }

  @Test
  void everyNumberTypeIsWrittenAsAJsonNumber() {
    Map<Object, String> numbers = new LinkedHashMap<>();
    numbers.put((byte) -1, "-1");
    numbers.put((short) 300, "300");
    numbers.put(1e10, "1.0E10");
    numbers.put(0.1f, "0.1");
    numbers.put(-0.0, "-0.0");
    numbers.put(Double.MIN_VALUE, "4.9E-324");
    numbers.forEach(
        (number, text) -> {
          assertThat(written(number)).isEqualTo(text);
          assertThat(Json.text(text).tree()).isInstanceOf(Number.class);
        });
  }

  private static String written(Object tree) {
    return new String(Json.of(tree).utf8(), StandardCharsets.UTF_8);
  }

  private static String text(JsonWriter json) {
    return new String(json.toByteArray(), StandardCharsets.UTF_8);
  }
}
