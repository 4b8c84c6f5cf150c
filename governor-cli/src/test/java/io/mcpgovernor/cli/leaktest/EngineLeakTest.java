package io.mcpgovernor.cli.leaktest;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.pii.Kinds;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The masker alone, on every answer of the fixture as it goes over the wire. */
class EngineLeakTest {
  @ParameterizedTest
  @EnumSource(Carrier.class)
  void everyKindInEveryEncodingIsMaskedExactlyWhereItStands(Carrier carrier) throws IOException {
    LeakTest test = new LeakTest(EnginePeer.masking(), Judge.OURS, Duration.ofSeconds(10));
    test.open();
    List<String> failures = new ArrayList<>();
    int asked = 0;

    for (LeakCase leakCase : LeakCase.all(Kinds.all(), 1, LeakCase.Extent.FULL)) {
      if (leakCase.carrier() == carrier && !Gaps.hold(leakCase)) {
        asked++;
        Verdict verdict = test.ask(leakCase);
        if (verdict != Verdict.MASKED) {
          failures.add(verdict + " " + leakCase.name());
        }
      }
    }

    assertThat(failures).isEmpty();
    assertThat(asked > 0 || Gaps.holdAll(carrier)).isTrue();
  }
}
