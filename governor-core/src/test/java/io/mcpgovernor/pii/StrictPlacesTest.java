package io.mcpgovernor.pii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mcpgovernor.call.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Some places of a result are masked strictly, the rest as the tool's level says. */
final class StrictPlacesTest {
  private static String masked(String json, String... pointers) {
    return text(
        Masker.standard()
            .scan(Json.text(json))
            .strictAt(StrictPlaces.of(List.of(pointers)))
            .masked(Sensitivity.STANDARD));
  }

  private static String text(Json json) {
    return new String(json.utf8(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "'', true",
    "/a, true",
    "/a/0, true",
    "/a/0/ssn, true",
    "/a/*/ssn, true",
    "/*/*/*, true",
    "/a/1/ssn, false",
    "/a/0/ssn/x, false",
    "/*/*/*/*, false",
    "/A, false"
  })
  void aPointerCoversWhatItPointsToAndEverythingBeneath(String pointer, boolean isCovered) {
    assertThat(masked("{\"a\":[{\"ssn\":\"123-45-6789\"}]}", pointer))
        .isEqualTo("{\"a\":[{\"ssn\":\"***-**-%s\"}]}".formatted(isCovered ? "****" : "6789"));
  }

  @Test
  void numbersKeysAndEscapedNamesAreCovered() {
    assertThat(masked("{\"a/b\":{\"ssn\":123456789},\"ssn\":987654321}", "/a~1b"))
        .isEqualTo("{\"a/b\":{\"ssn\":\"***-**-****\"},\"ssn\":\"***-**-4321\"}");
    assertThat(
            masked(
                "{\"k\":{\"123-45-6789\":1,\"123-45-6780\":2},\"~\":\"219-09-9999\"}", "/k", "/~0"))
        .isEqualTo("{\"k\":{\"***-**-****\":1,\"***-**-****#2\":2},\"~\":\"***-**-****\"}");
  }

  @Test
  void whatIsStrictAtOnePlaceIsStrictInTheTextBesideIt() {
    String json =
        """
        {"content":[{"text":"{\\"ssn\\":\\"123-45-6789\\",\\"other\\":\\"219-09-9999\\"}"}],\
        "structuredContent":{"ssn":"123-45-6789","other":"219-09-9999"}}""";

    assertThat(masked(json, "/structuredContent/ssn"))
        .isEqualTo(
            json.replace("123-45-6789", "***-**-****").replace("219-09-9999", "***-**-9999"));
  }

  @Test
  void recordsKeepTheirCountsAndPointers() {
    Scan plain =
        Masker.standard().scan(Json.text("{\"ssn\":\"123-45-6789\",\"b\":\"a@example.com\"}"));

    Scan strict = plain.strictAt(StrictPlaces.of(List.of("/ssn")));

    assertThat(strict.counts()).isEqualTo(plain.counts());
    assertThat(strict.pointers()).isEqualTo(plain.pointers());
    assertThat(text(strict.masked(Sensitivity.STRICT)))
        .isEqualTo(text(plain.masked(Sensitivity.STRICT)));
    assertThat(plain.strictAt(StrictPlaces.of(List.of("/elsewhere")))).isSameAs(plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssn", "#/ssn", "/a~", "/a~2"})
  void whatIsNoPointerIsRefused(String pointer) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StrictPlaces.of(List.of(pointer)))
        .withMessageContaining(pointer);
  }

  @Test
  void thereAreNotTooMany() {
    List<String> pointers = new ArrayList<>();
    for (int i = 0; i <= StrictPlaces.POINTERS_MAX; i++) {
      pointers.add("/" + i);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> StrictPlaces.of(pointers));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> StrictPlaces.of(List.of("/" + "a".repeat(StrictPlaces.POINTER_CHARS_MAX))));
  }
}
