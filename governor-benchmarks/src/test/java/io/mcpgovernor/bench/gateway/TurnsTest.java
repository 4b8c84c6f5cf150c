package io.mcpgovernor.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.bench.Row;
import io.mcpgovernor.bench.Samples;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of figures that were measured in turn. */
final class TurnsTest {
  private static final URI ANYWHERE = URI.create("http://127.0.0.1:1/mcp");

  @Test
  void eachRoundBeginsWithAnotherTargetAndAsksAll() throws Exception {
    List<String> asked = new ArrayList<>();

    Map<String, List<Integer>> taken =
        Turns.take(
            List.of("a", "b", "c"),
            3,
            target -> {
              asked.add(target);
              return asked.size();
            });

    assertThat(asked).containsExactly("a", "b", "c", "b", "c", "a", "c", "a", "b");
    assertThat(taken).containsEntry("a", List.of(1, 6, 8)).containsEntry("c", List.of(3, 5, 7));
  }

  @Test
  void whatIsAddedIsTakenRoundByRoundSoThatASlowRoundSlowsBoth() {
    Target direct = target("direct");
    Target governor = target("governor");
    List<Row> rows =
        GatewayRows.of(
            new Load(1, 1 << 10),
            Map.of(
                direct, List.of(slice(100, 9_000), slice(900, 1_000), slice(110, 8_000)),
                governor, List.of(slice(240, 4_000), slice(1_030, 900), slice(262, 3_900))),
            direct,
            governor);

    Row added = row(rows, "1 KiB, 1 client: p50 added");
    assertThat(added.value()).isEqualTo(140);
    assertThat(added.met()).isTrue();
    assertThat(added.samples().min()).isEqualTo(130);
    assertThat(added.samples().max()).isEqualTo(152);
    Row p50 = row(rows, "1 KiB, 1 client: p50 (direct)");
    assertThat(p50.value()).isEqualTo(262);
    assertThat(p50.baseline()).hasValue(110);
  }

  @Test
  void throughputIsHeldAgainstNginxFromEightClientsOn() {
    Target direct = target("direct");
    Target governor = target("governor");
    Map<Target, List<Slice>> taken =
        Map.of(
            direct,
            List.of(slice(100, 9_000)),
            governor,
            List.of(slice(240, 5_900)),
            target("nginx"),
            List.of(slice(150, 10_000)));

    Row eight =
        row(
            GatewayRows.of(new Load(8, 1 << 10), taken, direct, governor),
            "8 clients: calls (nginx)");
    assertThat(eight.goal()).hasValue(6_000);
    assertThat(eight.met()).isFalse();
    assertThat(eight.baseline()).hasValue(10_000);
    Row one =
        row(
            GatewayRows.of(new Load(1, 1 << 10), taken, direct, governor),
            "1 client: calls (nginx)");
    assertThat(one.goal()).isEmpty();
  }

  @Test
  void largeResultsHaveAGoalInMegabytes() {
    Target direct = target("direct");
    Target governor = target("governor");
    Map<Target, List<Slice>> taken =
        Map.of(direct, List.of(slice(1_000, 1_000)), governor, List.of(slice(3_000, 300)));

    Row row =
        row(GatewayRows.of(new Load(8, 1 << 20), taken, direct, governor), "results (direct)");

    assertThat(row.value()).isEqualTo(314.5728);
    assertThat(row.met()).isTrue();
  }

  @Test
  void theHeapIsTheSumOfItsPartsWithoutMetaspace() {
    assertThat(
            HeapFigures.used(
                """
                1234:
                 def new generation   total 19660K, used 1K [0x00, 0x01, 0x02)
                  eden space 17476K,   2% used [0x00, 0x01, 0x02)
                 tenured generation   total 43696K, used 20K [0x00, 0x01, 0x02)
                 Metaspace       used 7000K, committed 7168K, reserved 1114112K
                  class space    used 700K, committed 832K, reserved 1048576K
                """))
        .hasValue(21 * 1_024);
    assertThat(HeapFigures.used("1234:\nUnable to open socket file")).isEmpty();
  }

  private static Target target(String name) {
    return new Target(name, ANYWHERE, null, Target.Masking.EITHER);
  }

  private static Slice slice(double micros, int calls) {
    return new Slice(Samples.of(micros), calls, 1, 50, 20);
  }

  private static Row row(List<Row> rows, String name) {
    return rows.stream().filter(row -> row.name().endsWith(name)).findFirst().orElseThrow();
  }
}
