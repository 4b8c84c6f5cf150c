package io.mcpgovernor.gateway.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OpenKeysTest {
  @Test
  void manyKeysAreHardlyEverCompared() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      keys.add("key" + i);
    }
    OpenKeys open = read(keys, false);
    assertThat(open.close(0)).isFalse();
    assertThat(open.comparisons()).isLessThan(1_000);
  }

  @Test
  void keysThatShareAHashCostNoMoreThanToSortThem() {
    List<String> keys = List.of("");
    for (int i = 0; i < 14; i++) {
      List<String> longer = new ArrayList<>();
      for (String key : keys) {
        longer.add(key + "Aa");
        longer.add(key + "BB");
      }
      keys = longer;
    }
    assertThat(keys.stream().map(String::hashCode).distinct()).hasSize(1);
    for (boolean escaped : new boolean[] {false, true}) {
      OpenKeys open = read(keys, escaped);
      assertThat(open.close(0)).isFalse();
      assertThat(open.comparisons()).isLessThan(2L * keys.size() * 14);

      List<String> twice = new ArrayList<>(keys);
      twice.add(keys.get(77));
      assertThat(read(twice, escaped).close(0)).isTrue();
    }
  }

  @Test
  void aKeyThatIsThereTwiceIsFoundHoweverManyThereAre() {
    Random random = new Random(7);
    for (int count = 2; count < 60; count++) {
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        keys.add(i + "é".repeat(random.nextInt(3)));
      }
      OpenKeys open = read(keys, false);
      assertThat(open.close(0)).isFalse();
      keys.set(random.nextInt(count / 2), keys.get(count / 2 + random.nextInt(count - count / 2)));
      assertThat(read(keys, false).close(0)).isTrue();
      assertThat(read(keys, true).close(0)).isTrue();
    }
  }

  @Test
  void keysAreComparedWithinTheirObjectOnly() {
    byte[] text = "abcabc".getBytes(UTF_8);
    OpenKeys keys = new OpenKeys(text);
    int outer = keys.open();
    keys.add(0, 1);
    keys.add("escaped");
    int inner = keys.open();
    keys.add(3, 4);
    keys.add("escaped");
    keys.add("more");
    assertThat(keys.close(inner)).isFalse();
    keys.add("other");
    assertThat(keys.close(outer)).isFalse();
    int again = keys.open();
    keys.add("a");
    keys.add(3, 4);
    assertThat(keys.close(again)).isTrue();
  }

  private static OpenKeys read(List<String> keys, boolean escaped) {
    byte[] text = String.join("", keys).getBytes(UTF_8);
    OpenKeys open = new OpenKeys(text);
    int at = open.open();
    for (String key : keys) {
      int length = key.getBytes(UTF_8).length;
      if (escaped && at % 2 == 0) {
        open.add(key);
      } else {
        open.add(at, at + length);
      }
      at += length;
    }
    return open;
  }
}
