package io.mcpgovernor.gateway.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApiKeyTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path directory;

  @Test
  void keysAreOfOneFormAndNoTwoAreAlike() {
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < 2_000; i++) {
      String key = ApiKey.random(RANDOM);
      assertThat(key).matches("mgk_[0-9A-Za-z]{49}");
      assertThat(ApiKey.isWellFormed(key)).isTrue();
      keys.add(key);
    }
    assertThat(keys).hasSize(2_000);
  }

  @Test
  void aSlipInAKeyIsSeen() {
    for (int i = 0; i < 50; i++) {
      String key = ApiKey.random(RANDOM);
      for (int at = 0; at < key.length(); at++) {
        char other = key.charAt(at) == 'x' ? 'y' : 'x';
        assertThat(ApiKey.isWellFormed(key.substring(0, at) + other + key.substring(at + 1)))
            .isFalse();
        assertThat(ApiKey.isWellFormed(key.substring(0, at))).isFalse();
      }
      assertThat(ApiKey.isWellFormed(key + "0")).isFalse();
      assertThat(ApiKey.isWellFormed(" " + key.substring(1))).isFalse();
    }
  }

  @Test
  void whatTheFileHasComesBackAsItWas() {
    Path file = directory.resolve("keys.json");
    ApiKeys keys = ApiKeys.open(file);
    KeyEntry.Owner owner =
        new KeyEntry.Owner("a\"b", Set.of("acme"), Set.of("r"), "\u00e4 \ud83d\ude00");
    KeyEntry first = keys.create(owner, Instant.parse("2100-01-01T00:00:00Z"), "bob").entry();
    KeyEntry second = keys.create(owner, null, "bob").entry();
    List<KeyEntry> revoked = keys.revoke(key -> key.id().equals(second.id()), "carol");

    assertThat(ApiKeys.existing(file).list()).containsExactly(first, revoked.getFirst());
  }

  @Test
  void aFileThatIsNotQuiteRightIsAnError() throws Exception {
    Path file = directory.resolve("keys.json");
    ApiKeys keys = ApiKeys.open(file);
    keys.create(new KeyEntry.Owner("a", Set.of(), Set.of(), ""), null, "bob");
    String good = Files.readString(file);
    List<String> changed =
        List.of(
            good.replace("\"version\":1", "\"version\":2"),
            good.replace("\"sha256\":\"", "\"sha256\":\"x"),
            good.replace("\"user\":\"a\"", "\"user\":\"\""),
            good.replace("\"user\":\"a\"", "\"user\":7"),
            good.replace("\"user\":\"a\"", "\"user\":\"a\",\"user\":\"b\""),
            good.replace("\"label\":\"\"", "\"label\":\"\",\"admin\":true"),
            good.replace("\"roles\":[]", "\"roles\":\"all\""),
            good.replace("\"roles\":[]", "\"roles\":[1]"),
            good.replace("\"recorded\":false", "\"recorded\":\"false\""),
            good.replace("\"at\":\"2", "\"at\":\"x"),
            good.substring(0, good.length() - 3),
            "");
    for (String text : changed) {
      assertThat(text).isNotEqualTo(good);
      Files.write(file, text.getBytes(UTF_8));
      assertThatThrownBy(keys::list)
          .isInstanceOf(KeyException.class)
          .hasMessageContaining("damaged");
      assertThatThrownBy(() -> keys.revoke(key -> true, "bob")).isInstanceOf(KeyException.class);
      assertThat(Files.readString(file)).isEqualTo(text);
    }
  }

  @Test
  void challengesHoldNothingThatEndsThem() {
    assertThat(Challenges.invalid("At /a\"b\\c\u00e9\r\nd.").challenge())
        .isEqualTo("Bearer error=\"invalid_token\", error_description=\"At /a'b'c'''d.\"");
  }
}
