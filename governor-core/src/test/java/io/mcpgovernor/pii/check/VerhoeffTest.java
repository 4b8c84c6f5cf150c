package io.mcpgovernor.pii.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerhoeffTest {
  @Test
  void swappedNeighboursFail() {
    String number = "298448863364";

    for (int i = 1; i < number.length(); i++) {
      StringBuilder swapped = new StringBuilder(number);
      swapped.setCharAt(i - 1, number.charAt(i));
      swapped.setCharAt(i, number.charAt(i - 1));
      assertThat(Sample.passes(Verhoeff::passes, swapped.toString()))
          .as("%s", swapped)
          .isEqualTo(swapped.toString().equals(number));
    }
  }
}
