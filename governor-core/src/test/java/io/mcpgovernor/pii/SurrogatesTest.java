package io.mcpgovernor.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SurrogatesTest {
  @Test
  void theSurrogatesOfAllKindsAreKnownAgain() {
    for (Kind kind : Kinds.all()) {
      assertThat(kind.surrogates()).allMatch(SurrogatesTest::isSurrogate);
      assertThat(kind.examples())
          .noneMatch(SurrogatesTest::isSurrogate)
          .allMatch(example -> isSurrogate(Surrogates.ofShape(example).replace(':', '-')));
    }
    assertThat(Surrogates.numbers()).allMatch(number -> isSurrogate(number.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "---", "100", "10000000001", "masked@masked.com", "1900-01-02", "XYZ", "０００"})
  void whatOnlyLooksLikeOneIsNone(String text) {
    assertThat(isSurrogate(text)).isFalse();
  }

  @Test
  void masksLeaveThemAlone() {
    String text = "SSN 000-00-0000, phone +10000000000, masked2@masked.invalid, born 1900-01-01";

    assertThat(Masker.standard().mask(text, Sensitivity.STRICT)).isSameAs(text);
  }

  @Test
  void onlyDistinctiveOnesCountAsMasksInArguments() {
    Masker masker = Masker.standard();

    assertThat(masker.holdsMask("Write to masked@masked.invalid")).isTrue();
    assertThat(masker.holdsMask("000-00-0000")).isTrue();
    assertThat(masker.holdsMask("call +10000000000")).isTrue();
    assertThat(masker.holdsMask("1000-00-00001")).isFalse();
    assertThat(masker.holdsMask("1900-01-01")).isFalse();
    assertThat(masker.holdsMask("0")).isFalse();
  }

  private static boolean isSurrogate(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return Surrogates.isSurrogate(utf8, 0, utf8.length);
  }
}
