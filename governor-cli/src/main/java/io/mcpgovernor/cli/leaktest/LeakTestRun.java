package io.mcpgovernor.cli.leaktest;

import io.mcpgovernor.pii.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One run of the leak test against one server. Built by the command, then run once. */
public final class LeakTestRun {
  /** Stands in a command for the one that starts the fixture on stdio. */
  public static final String FIXTURE = "{fixture}";

  /** Stands in a command for the address of a fixture over HTTP. */
  public static final String FIXTURE_URL = "{fixture-url}";

  private final List<Kind> kinds;
  private final long seed;
  private final Duration timeout;
  private final boolean isFull;
  private final boolean isOurs;

  /**
   * Chooses what is tested.
   *
   * @param kinds whose canaries
   * @param seed of the canaries that are made up anew
   * @param timeout for each answer, and for the fixture's tools to be listed
   * @param isFull every encoding in every carrier, not only in text and structured content
   * @param isOurs whether exactly this project's masks are expected
   */
  public LeakTestRun(
      List<Kind> kinds, long seed, Duration timeout, boolean isFull, boolean isOurs) {
    this.kinds = List.copyOf(kinds);
    this.seed = seed;
    this.timeout = timeout;
    this.isFull = isFull;
    this.isOurs = isOurs;
  }

  /**
   * Tests a server that is started for it.
   *
   * @param command the server and its arguments; the placeholders are replaced
   * @param json whether to print one JSON object instead of a table
   * @return whether nothing leaked and nothing failed
   * @throws IOException if the server cannot be started, ends, or never lists the fixture's tools
   */
  public boolean overStdio(List<String> command, boolean json, PrintWriter out) throws IOException {
    boolean needsHttp = command.stream().anyMatch(word -> word.contains(FIXTURE_URL));
    try (FixtureHttp fixture = needsHttp ? FixtureHttp.start(0) : null) {
      String url = fixture == null ? "" : fixture.uri().toString();
      List<String> words = new ArrayList<>();
      for (String word : command) {
        words.add(word.replace(FIXTURE, FixtureCommand.line()).replace(FIXTURE_URL, url));
      }
      try (Peer peer = StdioPeer.start(words)) {
        return print(test(peer), json, out);
      }
    }
  }

  /**
   * Tests a server that runs already, over Streamable HTTP.
   *
   * @throws IOException as {@link #overStdio} does
   */
  public boolean overHttp(URI uri, boolean json, PrintWriter out) throws IOException {
    try (Peer peer = new HttpPeer(uri)) {
      return print(test(peer), json, out);
    }
  }

  LeakReport test(Peer peer) throws IOException {
    LeakTest test = new LeakTest(peer, isOurs ? Judge.OURS : Judge.ANY, timeout);
    test.open();
    LeakReport report = new LeakReport(kinds);
    LeakCase.Extent extent = isFull ? LeakCase.Extent.FULL : LeakCase.Extent.USUAL;
    for (LeakCase leakCase : LeakCase.all(kinds, seed, extent)) {
      report.add(leakCase, test.ask(leakCase));
    }
    return report;
  }

  private static boolean print(LeakReport report, boolean json, PrintWriter out) {
    if (json) {
      report.printJson(out);
    } else {
      report.printTable(out);
    }
    return report.isGood();
  }
}
