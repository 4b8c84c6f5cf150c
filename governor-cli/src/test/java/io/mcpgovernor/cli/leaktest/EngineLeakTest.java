package io.mcpgovernor.cli.leaktest;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.pii.Kinds;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The masker alone, on every answer of the fixture as it goes over the wire. */
class EngineLeakTest {
  @Test
  void everyKindInEveryEncodingIsMaskedExactlyWhereItStandsInEveryCarrier() throws IOException {
    LeakTest test = new LeakTest(EnginePeer.masking(), Judge.OURS, Duration.ofSeconds(10));
    test.open();
    Gaps gaps = new Gaps();
    List<String> failures = new ArrayList<>();
    int cases = 0;

    for (LeakCase leakCase : LeakCase.all(Kinds.all(), 1, LeakCase.Extent.FULL)) {
      cases++;
      Verdict verdict = test.ask(leakCase);
      if (verdict != Verdict.MASKED && !gaps.explains(leakCase)) {
        failures.add(verdict + " " + leakCase.carrier().shown() + " " + leakCase.name());
      }
    }

    assertThat(failures).isEmpty();
    assertThat(cases).isGreaterThan(20_000);
    assertThat(gaps.outOfDate()).as("rows of Gaps to be taken out").isEmpty();
  }
}
