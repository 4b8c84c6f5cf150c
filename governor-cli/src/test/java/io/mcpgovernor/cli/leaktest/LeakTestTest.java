package io.mcpgovernor.cli.leaktest;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.pii.Kind;
import io.mcpgovernor.pii.Kinds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The suite finds leaks where there are some, and none where there are none. */
class LeakTestTest {
  private static final List<Kind> FOUR = List.of(Kinds.EMAIL, Kinds.PHONE, Kinds.SSN, Kinds.CARD);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  enum Over {
    STDIO,
    HTTP
  }

  private static LeakReport report(Peer peer, boolean isOurs) throws IOException {
    return new LeakTestRun(FOUR, 7, TIMEOUT, false, isOurs).test(peer);
  }

  private static Verdict verdict(UnaryOperator<String> between, Carrier carrier)
      throws IOException {
    LeakTest test = new LeakTest(new EnginePeer(between), Judge.ANY, TIMEOUT);
    test.open();
    return test.ask(LeakCase.named(carrier.shown(), "ssn/0/plain/1").orElseThrow());
  }

  @ParameterizedTest
  @EnumSource(Over.class)
  void everythingLeaksFromTheBareFixture(Over over) throws IOException {
    try (FixtureHttp http = FixtureHttp.start(0);
        Peer peer =
            over == Over.HTTP
                ? new HttpPeer(http.uri())
                : StdioPeer.start(FixtureCommand.words())) {
      LeakReport report = report(peer, false);

      assertThat(report.count(Verdict.LEAK))
          .isEqualTo(LeakCase.all(FOUR, 7, LeakCase.Extent.USUAL).size())
          .isGreaterThan(500);
      assertThat(report.isGood()).isFalse();
    }
  }

  @Test
  void aProxyThatMasksTextOnlyLeaksTheRest() throws IOException {
    LeakReport report = report(EnginePeer.maskingTextOnly(), false);

    for (Kind kind : FOUR) {
      assertThat(of(report, Carrier.TEXT, kind)).isEqualTo(Verdict.MASKED);
      assertThat(of(report, Carrier.STRUCTURED, kind)).isEqualTo(Verdict.LEAK);
      assertThat(of(report, Carrier.OBJECT_KEY, kind)).isEqualTo(Verdict.LEAK);
      assertThat(of(report, Carrier.PROMPT, kind)).isEqualTo(Verdict.LEAK);
    }
  }

  @ParameterizedTest
  @EnumSource(Over.class)
  void nothingLeaksFromToolsThatTheLibraryGoverns(Over over, @TempDir Path audit)
      throws IOException {
    try (GovernedFixture governed = GovernedFixture.overHttp(audit.resolve("http"));
        Peer peer =
            over == Over.HTTP ? new HttpPeer(governed.uri()) : governedChild(audit.resolve("io"))) {
      LeakTest test = new LeakTest(peer, Judge.OURS, TIMEOUT);
      test.open();
      List<String> failures = new ArrayList<>();
      List<Carrier> notGoverned = new ArrayList<>();
      for (LeakCase leakCase : LeakCase.all(FOUR, 7, LeakCase.Extent.USUAL)) {
        Verdict verdict = test.ask(leakCase);
        if (verdict == Verdict.NONE) {
          notGoverned.add(leakCase.carrier());
        } else if (verdict != Verdict.MASKED && !Gaps.hold(leakCase)) {
          failures.add(verdict + " " + leakCase.carrier().shown() + " " + leakCase.name());
        }
      }

      assertThat(failures).isEmpty();
      assertThat(notGoverned)
          .containsOnly(
              Carrier.UNKNOWN_FIELD, // the SDK's types drop it
              Carrier.PROGRESS,
              Carrier.LOG,
              Carrier.RESOURCES_READ,
              Carrier.RESOURCES_READ_BLOB,
              Carrier.PROMPT,
              Carrier.COMPLETION);
    }
  }

  @Test
  void aValueWithoutItsSeparatorsIsALeak() throws IOException {
    assertThat(verdict(message -> message.replace("123-45-6789", "123456789"), Carrier.TEXT))
        .isEqualTo(Verdict.LEAK);
    assertThat(verdict(message -> message.replace("123-45-6789", "123 45 6789"), Carrier.LOG))
        .isEqualTo(Verdict.LEAK);
  }

  @Test
  void anAnswerThatLostMoreThanTheValueIsBroken() throws IOException {
    assertThat(verdict(message -> message.replace("123-45-6789", "[SSN]"), Carrier.STRUCTURED))
        .isEqualTo(Verdict.MASKED);
    assertThat(
            verdict(
                message -> message.replace("{\"note\":\"123-45-6789\"}", "{}"), Carrier.STRUCTURED))
        .isEqualTo(Verdict.BROKEN);
    assertThat(
            verdict(
                message ->
                    message.replace("123-45-6789", "[SSN]").replace("\"rows\":1", "\"rows\":2"),
                Carrier.STRUCTURED))
        .isEqualTo(Verdict.BROKEN);
  }

  @Test
  void aCallThatFailedHidesNothing() throws IOException {
    UnaryOperator<String> failing =
        message ->
            message.contains("123-45-6789")
                ? """
                {"jsonrpc":"2.0","id":3,"error":{"code":-32000,"message":"refused"}}"""
                : message;

    assertThat(verdict(failing, Carrier.TEXT)).isEqualTo(Verdict.ERROR);
    assertThat(verdict(failing, Carrier.RPC_ERROR_MESSAGE)).isEqualTo(Verdict.MASKED);
  }

  private static Verdict of(LeakReport report, Carrier carrier, Kind kind) {
    return report.of(new LeakReport.Place(carrier, Encoding.PLAIN), kind);
  }

  private static Peer governedChild(Path audit) throws IOException {
    return StdioPeer.start(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            GovernedFixture.class.getName(),
            audit.toString()));
  }
}
