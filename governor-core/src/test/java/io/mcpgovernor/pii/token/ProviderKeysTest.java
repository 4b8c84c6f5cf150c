package io.mcpgovernor.pii.token;

import static io.mcpgovernor.pii.token.Slices.found;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderKeysTest {
  static List<String> examples() {
    return ProviderKeys.examples();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void aKeyIsFoundWhole(String key) {
    for (String after : List.of("", " ", "\"", "\\n", ",", ". Next", ";", "</b>", "'", "é")) {
      assertThat(found(ProviderKeys::end, key + after)).as(after).isEqualTo(key);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void halfAKeyIsNone(String key) {
    assertThat(found(ProviderKeys::end, key.substring(0, 19))).isNull();
    assertThat(found(ProviderKeys::end, key.substring(0, 8))).isNull();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void nothingBeyondTheSliceCounts(String key) {
    byte[] text = key.getBytes(US_ASCII);
    for (int to = 0; to <= text.length; to++) {
      byte[] cut = key.substring(0, to).getBytes(US_ASCII);
      assertThat(ProviderKeys.end(text, 0, to)).isEqualTo(ProviderKeys.end(cut, 0, to));
    }
  }

  @Test
  void everyProviderHasAnExample() {
    assertThat(ProviderKeys.examples())
        .hasSizeGreaterThan(KeyForms.ALL.size())
        .doesNotHaveDuplicates()
        .isEqualTo(ProviderKeys.examples());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "550e8400-e29b-41d4-a716-446655440000",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "sk-learn-is-a-name-of-a-package-that-is-long-enough",
        "secret_manager_configuration_value_for_the_environment",
        "npm_config_registry_authentication_token_helper",
        "github_pat_is_how_the_name_of_such_a_token_begins_and_this_is_none_of_them",
        "SG.cities.and.other.places.of.the.world",
        "AKIAIOSFODNN7EXAMPLELONGER",
        "services/TEAM/BACKEND/deployment-configuration",
        "patterns.for.things.that.look.like.keys",
        "dapifications_of_the_worlds_most_loved_words",
        "MDEwOlJlcG9zaXRvcnkxMjk2MjY5MDEwOlJlcG9z.png",
        "20240102:10:30:00 and some more of a log line",
        "1234567890:this is what was said at the time of it",
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk",
        "key-value-pairs-are-what-a-map-is-made-of-in-the-end",
        "glpat-xxxxxxxxxxxxxxxxxxxx",
        "sk_live_xxxxxxxxxxxxxxxxxxxxxxxx",
        "xoxb-your-token-goes-here-please",
        "signature=abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJK",
      })
  void lookAlikesAreNoKeys(String text) {
    assertThat(found(ProviderKeys::end, text)).isNull();
  }

  @Test
  void theChecksumIsThatOfGitHub() {
    // Published for its checksum, and revoked since.
    byte[] body = ("zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ" + "0mLq17").getBytes(US_ASCII);
    assertThat(KeyChecksum.matches(body, 0, body.length)).isTrue();
    body[3]++;
    assertThat(KeyChecksum.matches(body, 0, body.length)).isFalse();
  }

  @Test
  void withoutTheRightChecksumTheCharactersDecide() {
    String plain = "npm_" + "a".repeat(36);
    assertThat(found(ProviderKeys::end, plain)).isNull();

    byte[] body = ("a".repeat(30) + "000000").getBytes(US_ASCII);
    KeyChecksum.write(body, 0, 30);
    String checked = "npm_" + new String(body, US_ASCII);
    assertThat(found(ProviderKeys::end, checked)).isEqualTo(checked);

    String madeUp = "npm_" + "aB3dE6gH9".repeat(4);
    assertThat(found(ProviderKeys::end, madeUp)).isEqualTo(madeUp);
  }

  @Test
  void arbitraryBytesAreReadWithinTheirSliceOnly() {
    Random random = new Random(7);
    List<String> examples = ProviderKeys.examples();
    for (int round = 0; round < 20_000; round++) {
      byte[] text = examples.get(round % examples.size()).getBytes(US_ASCII);
      text[random.nextInt(text.length)] = (byte) random.nextInt(256);
      int from = random.nextInt(4);
      int to = from + random.nextInt(text.length - from + 1);
      int end = ProviderKeys.end(text, from, to);
      assertThat(end == -1 || end > from && end <= to).isTrue();
    }
  }
}
