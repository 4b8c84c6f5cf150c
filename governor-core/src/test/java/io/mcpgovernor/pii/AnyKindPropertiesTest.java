package io.mcpgovernor.pii;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What has to hold for values of every kind there is, in every mode, however they are written and
 * whatever they touch. Seeds are fixed, so that a failure can be had again.
 */
class AnyKindPropertiesTest {
  private static final byte[] KEY = "0123456789abcdef".getBytes(UTF_8);
  private static final int TEXTS = 1_500;

  /**
   * Of so many texts, made to confuse, one may change when it is masked again: two values that
   * touch may be told apart only once one of them is masked. What is released is masked either way.
   */
  private static final int CHANGED_ONE_IN = 150;

  private static final Masker ALL = new Masker(rules(MaskMode.MASK).kinds(Kinds.all()).build());

  private static MaskRules.Builder rules(MaskMode mode) {
    return MaskRules.builder().hashKey(KEY).mode(mode);
  }

  private static Masker mixed() {
    MaskRules.Builder rules = rules(MaskMode.MASK).kinds(Kinds.all());
    for (Kind kind : Kinds.all()) {
      rules.mode(kind, MaskMode.values()[kind.index() % MaskMode.values().length]);
    }
    return new Masker(rules.build());
  }

  @ParameterizedTest
  @EnumSource(MaskMode.class)
  void whatWasMaskedStaysAsItIsInEveryMode(MaskMode mode) {
    assertStable(new Masker(rules(mode).build()), 1);
    assertStable(new Masker(rules(mode).kinds(Kinds.all()).build()), 2);
  }

  @Test
  void whatWasMaskedStaysAsItIsWhereKindsHaveModesOfTheirOwn() {
    assertStable(mixed(), 3);
  }

  private static void assertStable(Masker masker, long seed) {
    Random random = new Random(seed);
    List<String> changed = new ArrayList<>();
    for (int i = 0; i < TEXTS; i++) {
      String text = PiiPieces.text(random);
      String masked = masker.mask(text, Sensitivity.STANDARD);
      String strict = masker.mask(text, Sensitivity.STRICT);
      for (Sensitivity again : Sensitivity.values()) {
        if (!masker.mask(masked, again).equals(masked)
            || !masker.mask(strict, again).equals(strict)) {
          changed.add(text);
          break;
        }
      }
    }
    assertThat(changed).hasSizeLessThan(TEXTS / CHANGED_ONE_IN);
  }

  @Test
  void allBytesThatWereNotFoundStay() {
    Random random = new Random(11);
    for (Masker masker : List.of(ALL, mixed())) {
      for (int i = 0; i < TEXTS; i++) {
        String text = PiiPieces.text(random);
        byte[] utf8 = text.getBytes(UTF_8);
        TextScan scan = masker.scanText(utf8);
        for (Sensitivity level : Sensitivity.values()) {
          assertStays(utf8, scan.findings(), scan.masked(level));
        }
        Json value = Json.of(List.of("x", text));
        Scan json = masker.scan(value);
        for (Sensitivity level : Sensitivity.values()) {
          assertStays(value.utf8(), json.findings(), json.masked(level).utf8());
        }
      }
    }
  }

  /** What stands between the findings stands in the result, in the same order, and at both ends. */
  private static void assertStays(byte[] original, List<Finding> findings, byte[] masked) {
    String result = new String(masked, ISO_8859_1);
    int from = 0;
    int at = 0;
    for (Finding finding : findings) {
      assertThat(finding.from()).isGreaterThanOrEqualTo(from);
      assertThat(finding.to()).isGreaterThan(finding.from());
      String between = latin(original, from, finding.from());
      int found = from == 0 ? (result.startsWith(between) ? 0 : -1) : result.indexOf(between, at);
      assertThat(found).as("%s in %s", between, result).isNotNegative();
      at = found + between.length();
      from = finding.to();
    }
    String rest = latin(original, from, original.length);
    assertThat(result.substring(at)).endsWith(rest);
    if (findings.isEmpty()) {
      assertThat(masked).isSameAs(original);
    }
  }

  private static String latin(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, ISO_8859_1);
  }

  @Test
  void jsonKeepsItsShapeAndItsKeysStayApart() {
    Random random = new Random(21);
    for (Masker masker : List.of(ALL, mixed())) {
      for (int i = 0; i < TEXTS; i++) {
        Json value = Json.of(tree(random, 0));
        Scan scan = masker.scan(value);
        for (Sensitivity level : Sensitivity.values()) {
          byte[] masked = scan.masked(level).utf8();
          assertThat(shape(masked)).isEqualTo(shape(value.utf8()));
          // Read as a tree, a key that stands twice would be refused.
          assertThat(Json.utf8(masked).tree()).isNotNull();
        }
      }
    }
  }

  @Test
  void bytesAndTreesAreMaskedAlike() {
    Random random = new Random(31);
    for (int i = 0; i < TEXTS; i++) {
      Object tree = tree(random, 0);
      Json value = Json.of(tree);
      for (Sensitivity level : Sensitivity.values()) {
        Object masked = ALL.maskTree(tree, level);
        assertThat(Json.of(masked).tree()).isEqualTo(ALL.scan(value).masked(level).tree());
        assertThat(ALL.mask(value.utf8(), level)).isEqualTo(ALL.scan(value).masked(level).utf8());
      }
    }
  }

  @Test
  void aTextIsMaskedAsTheJsonStringThatHoldsIt() {
    Random random = new Random(41);
    for (int i = 0; i < TEXTS; i++) {
      String text = PiiPieces.text(random);
      for (Sensitivity level : Sensitivity.values()) {
        assertThat(ALL.maskTree(text, level)).isEqualTo(ALL.mask(text, level));
      }
    }
  }

  @Test
  void whatStandsFarApartIsMaskedAsIfEachStoodAlone() throws IOException {
    Random random = new Random(51);
    // Longer than anything that is looked back at, and a blank line, at which tables end.
    byte[] between = ("\n\n" + "~ ".repeat(60) + "\n\n").getBytes(UTF_8);
    for (int i = 0; i < 200; i++) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      ByteArrayOutputStream each = new ByteArrayOutputStream();
      all.write('.');
      each.write('.');
      for (int part = 0; part < 20; part++) {
        // One line; no JSON as a whole; nothing encoded, for which all of a text is read again.
        String line = PiiPieces.plain(random).replaceAll("[^ -~]|[%\\\\]", "");
        byte[] text = ("~ " + line).getBytes(UTF_8);
        all.write(between);
        all.write(text);
        each.write(between);
        each.write(ALL.scanText(text).masked(Sensitivity.STANDARD));
      }
      byte[] masked = ALL.scanText(all.toByteArray()).masked(Sensitivity.STANDARD);
      assertThat(new String(masked, UTF_8)).isEqualTo(each.toString(UTF_8));
    }
  }

  @Test
  void arbitraryBytesNeverFail() {
    Random random = new Random(61);
    for (int i = 0; i < 8_000; i++) {
      byte[] bytes = PiiPieces.text(random).getBytes(UTF_8);
      for (int change = random.nextInt(6); change > 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      ALL.scanText(bytes).masked(Sensitivity.STANDARD);
      try {
        ALL.mask(bytes, Sensitivity.STRICT);
      } catch (MalformedJsonException e) {
        continue; // all that may be thrown
      }
      assertThat(shape(bytes)).isNotEmpty();
    }
  }

  /** A value of maps, lists, texts and numbers. */
  private static Object tree(Random random, int depth) {
    return switch (random.nextInt(depth > 2 ? 3 : 6)) {
      case 0, 1 -> PiiPieces.text(random);
      case 2 -> random.nextLong(10_000_000_000_000_000L) >> random.nextInt(40);
      case 3 -> pair(random);
      case 4 -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
          list.add(tree(random, depth + 1));
        }
        yield list;
      }
      default -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
          String key = random.nextInt(3) == 0 ? PiiPieces.plain(random) : PiiPieces.word(random);
          map.put(key, random.nextInt(9) == 0 ? null : tree(random, depth + 1));
        }
        yield map;
      }
    };
  }

  /** A field whose name stands in a value beside it. */
  private static Map<String, Object> pair(Random random) {
    Map<String, Object> pair = new LinkedHashMap<>();
    pair.put("name", PiiPieces.word(random));
    pair.put("value", PiiPieces.text(random));
    return pair;
  }

  /** What a parser sees of a value but for texts: a masked number is a text. */
  private static List<String> shape(byte[] json) {
    List<String> shape = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        shape.add(
            token.isNumeric() || token == JsonToken.VALUE_STRING ? "text or number" : token.name());
      }
    }
    return shape;
  }
}
