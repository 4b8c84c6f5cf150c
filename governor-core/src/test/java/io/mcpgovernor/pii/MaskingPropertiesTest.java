package io.mcpgovernor.pii;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What has to hold for any value. Seeds are fixed, so that a failure can be had again. */
class MaskingPropertiesTest {
  private static final Masker MASKER = Masker.standard();

  /** Pieces of masks, of PII, and of what stands around both, to be put together at random. */
  private static final String[] PIECES = {
    "***",
    "**",
    "*",
    "******",
    "****",
    "***@***.com",
    "***-**-",
    "(***) ***-",
    "****-****-****-",
    "555",
    "123",
    "45",
    "6789",
    "4567",
    "1234",
    "1",
    "0",
    "5551234567",
    "123456789",
    "1700000000",
    "4111111111111111",
    "4242 4242 4242 4242",
    "3782 822463 10005",
    "555-123-4567",
    "123-45-6789",
    "1234-5678-9012-3456",
    "bob@x.com",
    "2024-11-22",
    " ",
    "-",
    ".",
    "@",
    ".com",
    "com",
    "git",
    "bob",
    "+",
    "+1 ",
    "+44 ",
    "+1300 ",
    "(",
    ")",
    "(555) ",
    "/",
    ":",
    ", ",
    "\n",
    "x",
    "ext. 12",
    "phone ",
    "Phone: ",
    "call ",
    "ssn ",
    "social security ",
    "card ",
    "order ",
    "id",
    "epoch ",
    "price",
    "number ",
    "$",
    "é",
    "“",
    "日",
    "#2",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    "\\n",
    "_",
    "=",
    "&",
    "1.2.3",
    ".png",
    "a".repeat(64),
    " ".repeat(40)
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void plantedPiiIsMaskedAndNothingElseChanges(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      PlantedJson json = PlantedJson.random(random);
      Scan scan = MASKER.scan(Json.utf8(json.raw()));
      for (Sensitivity level : Sensitivity.values()) {
        assertThat(text(scan.masked(level))).isEqualTo(json.masked(level));
      }
      assertThat(scan.counts().values().stream().mapToInt(n -> n).sum()).isEqualTo(json.planted());
      assertThat(scan.isClean()).isEqualTo(json.planted() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void maskingAMaskedTextChangesNothing(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      String text = pieces(random);
      for (Sensitivity level : Sensitivity.values()) {
        String masked = MASKER.mask(text, level);
        for (Sensitivity again : Sensitivity.values()) {
          assertThat(MASKER.mask(masked, again)).as(text).isEqualTo(masked);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void maskingAMaskedValueChangesNothingAndItsStructureStays(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      String text = pieces(random);
      String key = PIECES[random.nextInt(PIECES.length)];
      Json value =
          Json.of(
              Map.of(
                  key, text, "list", List.of(text, Map.of(text, 1, key + "@b.co", 5551234567L))));
      Scan scan = MASKER.scan(value);
      for (Sensitivity level : Sensitivity.values()) {
        Json masked = scan.masked(level);
        assertThat(masked.object()).hasSameSizeAs(value.object()); // parsed: no key twice
        assertThat(MASKER.scan(masked).isClean()).as(text(value)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32})
  void whatIsReleasedIsWhatAStrictParserTakes(long seed) {
    Random random = new Random(seed);
    byte[] signs = "{}[]\",:\\ue+-.0123456789 \n\tab@/\b\u007f".getBytes(UTF_8);
    for (int i = 0; i < 10_000; i++) {
      byte[] json = PlantedJson.random(random).raw();
      for (int change = random.nextInt(3); change >= 0; change--) {
        int at = random.nextInt(json.length);
        if (json[at] >= 0) { // half of a character would be malformed for another reason
          json[at] = signs[random.nextInt(signs.length)];
        }
      }
      assertThat(isReleased(json)).as(new String(json, UTF_8)).isEqualTo(isParsed(json));
    }
  }

  @Test
  void arbitraryBytesAreMaskedOrMalformedAndNothingElse() {
    Random random = new Random(41);
    for (int i = 0; i < 30_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      if (random.nextBoolean() && bytes.length > 2) {
        bytes[0] = '"';
        bytes[bytes.length - 1] = '"';
      }
      isReleased(bytes);
    }
  }

  private static boolean isReleased(byte[] json) {
    try {
      Scan scan = MASKER.scan(Json.utf8(json));
      scan.masked(Sensitivity.STRICT).utf8();
      scan.pointers();
      return true;
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  /** Token by token, because a tree would refuse repeated keys, which masking tolerates. */
  private static boolean isParsed(byte[] json) {
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
      int values = 0;
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        values += depth == 0 ? 1 : 0;
      }
      return values == 1;
    } catch (JacksonException e) {
      return false;
    }
  }

  private static String pieces(Random random) {
    StringBuilder text = new StringBuilder();
    for (int count = 1 + random.nextInt(14); count > 0; count--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private static String text(Json json) {
    return new String(json.utf8(), UTF_8);
  }
}
