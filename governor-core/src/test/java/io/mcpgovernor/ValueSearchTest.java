package io.mcpgovernor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.ValueKey.Hashes;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.pii.Kind;
import io.mcpgovernor.pii.Kinds;
import io.mcpgovernor.pii.MaskRules;
import io.mcpgovernor.pii.Masker;
import io.mcpgovernor.pii.Scan;
import io.mcpgovernor.pii.Sensitivity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ValueSearchTest {
  private static final byte[] KEY = key(7);

  private final ValueKey key = new ValueKey(KEY);
  private final ValueSearch search = new ValueSearch(KEY);

  private static byte[] key(int filling) {
    byte[] key = new byte[ValueKey.KEY_BYTES];
    Arrays.fill(key, (byte) filling);
    return key;
  }

  /** What a record of a result has in its {@code values}. */
  private Set<String> recorded(String tenant, Scan scan) {
    try (Hashes hashes = key.of(tenant)) {
      return scan.values(100).stream().map(hashes::value).collect(Collectors.toSet());
    }
  }

  private Set<String> recorded(String json) {
    return recorded("acme", Masker.standard().scan(Json.text(json)));
  }

  private boolean finds(String value, Set<String> recorded) {
    return !Collections.disjoint(search.hashes(List.of("acme"), value), recorded);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          555-123-4567               | (555) 123-4567
          (555) 123-4567             | 5551234567
          +1 555 123 4567            | 555.123.4567
          555-123-4567               | +1 (555) 123-4567
          +44 20 7946 0958           | 0044 20 79460958
          123-45-6789                | 123 45 6789
          SSN 123456789              | 123-45-6789
          4111111111111111           | 4111-1111-1111-1111
          John.Doe@Example.com       | john.doe@EXAMPLE.com
          john.doe%40example.com     | john.doe@example.com
          john.doe＠example.com      | john.doe@example.com
          john.d\\u006fe@example.com | john.doe@example.com
          DE89 3704 0044 0532 0130 00 | de89370400440532013000
          """)
  void aValueIsFoundWhateverItsWriting(String written, String typed) {
    Set<String> recorded = recorded("{\"note\":\"it is " + written + ", thanks\"}");

    assertThat(recorded).hasSize(1);
    assertThat(finds(typed, recorded)).isTrue();
    assertThat(finds(typed.replace('5', '6').replace("john", "jane").replace('1', '2'), recorded))
        .isFalse();
  }

  @Test
  void numbersAndKeysAndWhatStandsInJsonOrBase64AreValuesAsWell() {
    String encoded =
        Base64.getEncoder()
            .encodeToString("mail john.doe@example.com".getBytes(StandardCharsets.UTF_8));
    String inner = "{\\\"mail\\\":\\\"j\\\\u006fhn.doe@example.com\\\"}";

    assertThat(finds("(555) 123-4567", recorded("{\"phone\":5551234567}"))).isTrue();
    assertThat(finds("john.doe@example.com", recorded("{\"john.doe@example.com\":1}"))).isTrue();
    assertThat(finds("john.doe@example.com", recorded("{\"t\":\"" + encoded + "\"}"))).isTrue();
    assertThat(finds("john.doe@example.com", recorded("{\"t\":\"" + inner + "\"}"))).isTrue();
  }

  @Test
  void aKindThatIsNamedIsLookedForAlone() {
    Set<String> recorded = recorded("{\"phone\":\"555-123-4567\"}");

    assertThat(search.hashes(List.of("acme"), "5551234567", "phone")).containsAll(recorded);
    assertThat(search.hashes(List.of("acme"), "5551234567", "ssn"))
        .doesNotContainAnyElementsOf(recorded);
  }

  @Test
  void aCustomKindIsFoundByItsName() {
    Kind staff = Kind.custom("staff", (text, level) -> "[STAFF]");
    Masker masker =
        new Masker(
            MaskRules.builder()
                .detector((text, found) -> found.add(text.from(), text.to(), staff))
                .build());
    Set<String> recorded = recorded("acme", masker.scan(Json.text("[\"Desk  Nine\"]")));

    assertThat(search.hashes(List.of("acme"), "desk nine", "staff")).isEqualTo(recorded);
  }

  @Test
  void equalValuesOfTwoTenantsLookDifferent() {
    Scan scan = Masker.standard().scan(Json.text("[\"john.doe@example.com\"]"));
    Set<String> acme = recorded("acme", scan);
    Set<String> none = recorded("", scan);

    assertThat(acme).doesNotContainAnyElementsOf(none);
    assertThat(search.hashes(List.of("", "acme"), "john.doe@example.com"))
        .containsAll(acme)
        .containsAll(none);
  }

  @Test
  void anotherKeyFindsNothingAndHasAnotherId() {
    ValueSearch other = new ValueSearch(key(8));
    Set<String> recorded = recorded("[\"john.doe@example.com\"]");

    assertThat(other.hashes(List.of("acme"), "john.doe@example.com"))
        .doesNotContainAnyElementsOf(recorded);
    assertThat(search.keyId()).matches("[0-9a-f]{8}").isNotEqualTo(other.keyId());
  }

  @Test
  void aHashCannotBeTakenForPersonalData() {
    Masker everything = new Masker(MaskRules.builder().kinds(Kinds.all()).build());
    try (Hashes hashes = key.of("acme")) {
      for (int i = 0; i < 2_000; i++) {
        Json record = Json.of(Map.of("values", List.of(hashes.value("phone", "" + i))));
        assertThat(everything.scan(record).masked(Sensitivity.STRICT)).isSameAs(record);
      }
    }
  }

  @Test
  void aValueIsListedOnceAndNoMoreThanAskedFor() {
    StringBuilder json = new StringBuilder("[\"a0@example.com\"");
    for (int i = 0; i < 300; i++) {
      json.append(",\"a").append(i / 2).append("@example.com\"");
    }
    Scan scan = Masker.standard().scan(Json.text(json + "]"));

    assertThat(scan.values(1_000)).hasSize(150);
    assertThat(scan.values(100)).hasSize(100);
    assertThat(scan.values(100).toString()).doesNotContain("@");
  }

  @Test
  void aKeyOrValueThatCannotBeOneIsRefused() {
    assertThatThrownBy(() -> new ValueSearch(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> search.hashes(List.of(""), " "))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> search.hashes(List.of(""), "x", "no name!"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
