package io.mcpgovernor.cli.demo;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.mcpgovernor.cli.demo.Answer.Refusal;
import io.mcpgovernor.cli.demo.Happening.Broken;
import io.mcpgovernor.cli.demo.Happening.Called;
import io.mcpgovernor.cli.demo.Happening.Changed;
import io.mcpgovernor.cli.demo.Happening.Compared;
import io.mcpgovernor.cli.demo.Happening.Listed;
import io.mcpgovernor.cli.demo.Happening.Read;
import io.mcpgovernor.cli.demo.Happening.Repeated;
import io.mcpgovernor.cli.demo.Happening.Searched;
import io.mcpgovernor.cli.demo.Happening.Tried;
import io.mcpgovernor.cli.demo.Happening.Verified;
import io.mcpgovernor.cli.demo.Step.Played;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The story for people to read. */
final class TextReport implements Report {
  /** Where the text of a step begins, and where that of a scene does, after who acts. */
  private static final int STEP = 4;

  private static final int SCENE = 12;
  private static final UnaryOperator<String> PLAIN = UnaryOperator.identity();

  private final Page page;
  private final Ink ink;

  /** The tools of which a reader has seen a whole result. */
  private final Set<String> shownInFull = new HashSet<>();

  TextReport(PrintWriter out, Ink ink) {
    this.page = new Page(out);
    this.ink = ink;
  }

  @Override
  public void opening(Transport transport) {
    page.text(
        0, "mcp-governor: a customer-service MCP server, governed, and its clients", ink::title);
    page.blank();
    page.text(0, setting(transport), PLAIN);
    for (Caller caller : Caller.values()) {
      acts(caller.shown(), granted(caller), PLAIN);
    }
    page.text(
        0,
        "Times are the client's round trip and governance's part of it, in a JVM that has just started"
            + " and with every audit record forced to disk; \"governor bench\" measures at length.",
        PLAIN);
  }

  private static String setting(Transport transport) {
    return switch (transport) {
      case HTTP ->
          "The server speaks Streamable HTTP on 127.0.0.1. Each caller is a client of the official MCP"
              + " Java SDK with a bearer token of its own:";
      case STDIO ->
          "The server speaks MCP over stdio. Each caller is a client of the official MCP Java SDK that"
              + " has started a server process of its own and is its user; each process has a governor"
              + " and an audit log of its own, and an administrator reaches it by a local socket:";
    };
  }

  @Override
  public void step(int number, Step step, List<Played> played) {
    page.blank();
    page.text(String.format(Locale.ROOT, "%2d  ", number), step.title(), ink::title);
    page.text(STEP, step.why(), ink::quiet);
    for (Played scene : played) {
      happening(scene.happening());
      verdict(scene);
    }
  }

  @Override
  public void closing(int steps, List<String> failures, Duration took) {
    page.blank();
    String time = String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1_000.0);
    if (failures.isEmpty()) {
      page.text(0, "All " + steps + " steps went as expected, in " + time + ".", ink::good);
    } else {
      page.text(0, "FAILED: not everything went as expected, in " + time + ":", ink::bad);
      failures.forEach(failure -> page.text("  - ", failure, ink::bad));
    }
  }

  private void happening(Happening happening) {
    switch (happening) {
      case Listed listed -> {
        acts(listed.caller().shown(), "tools/list", PLAIN);
        page.text(
            SCENE, listed.tools().isEmpty() ? "none" : String.join(", ", listed.tools()), PLAIN);
      }
      case Called called -> called(called);
      case Repeated repeated -> repeated(repeated);
      case Changed changed -> acts("admin", changed.what(), PLAIN);
      case Searched searched -> acts("search", text(searched), PLAIN);
      case Compared compared -> {
        acts("compare", text(compared.counts()), PLAIN);
        compared.differences().forEach(difference -> page.text(SCENE, difference, ink::bad));
      }
      case Verified verified -> {
        acts("verify", verified.what(), PLAIN);
        page.text(SCENE, text(verified), verified.isWhole() ? ink::good : ink::refused);
      }
      case Tried tried -> {
        acts("replay", tried.what(), PLAIN);
        page.text(SCENE, text(tried), PLAIN);
        page.text(SCENE, "the first: " + tried.example(), PLAIN);
      }
      case Read read ->
          LogTable.lines(read.records()).forEach(line -> page.text(STEP, line, PLAIN));
      case Broken broken -> acts("broken", broken.problem(), ink::bad);
    }
  }

  private void called(Called called) {
    acts(called.caller().shown(), Shown.call(called.tool(), called.arguments()), PLAIN);
    Answer answer = called.answer();
    String times = times("", called.roundTripMicros(), called.overheadMicros());
    Refusal refusal = answer.refusal();
    if (refusal != null) {
      page.ends(SCENE, verdict(answer), times, ink::refused);
      advice(refusal);
      return;
    }
    page.ends(SCENE, verdict(answer), times, answer.isError() ? ink::bad : ink::good);
    if (shownInFull.add(called.tool())) {
      Shown.result(answer.structured()).forEach(line -> page.text(SCENE + 2, line, PLAIN));
    } else {
      page.text(SCENE + 2, Shown.brief(answer.structured()), PLAIN);
    }
  }

  private void repeated(Repeated repeated) {
    List<Answer> answers = repeated.answers();
    acts(
        repeated.caller().shown(),
        answers.size() + " times " + Shown.call(repeated.tool(), repeated.arguments()),
        PLAIN);
    String verdicts =
        answers.stream()
            .collect(groupingBy(TextReport::verdict, TreeMap::new, counting()))
            .entrySet()
            .stream()
            .map(verdict -> verdict.getValue() + " " + verdict.getKey())
            .collect(joining("; "));
    Refusal refusal = answers.getLast().refusal();
    page.ends(
        SCENE,
        verdicts,
        times("median ", repeated.roundTripMicros(), repeated.overheadMicros()),
        refusal == null ? ink::good : ink::refused);
    if (refusal != null) {
      advice(refusal);
    }
  }

  private static String verdict(Answer answer) {
    Refusal refusal = answer.refusal();
    return refusal == null
        ? answer.isError() ? "ERROR" : "ALLOWED"
        : "DENIED " + refusal.code() + " (executed: " + refusal.executed() + ")";
  }

  private void advice(Refusal refusal) {
    page.text(SCENE + 2, refusal.reason(), PLAIN);
    refusal.suggestions().forEach(suggestion -> page.text("              - ", suggestion, PLAIN));
    if (refusal.retryAfterMillis() != null) {
      page.text(SCENE + 2, "retry_after_ms: " + refusal.retryAfterMillis(), PLAIN);
    }
  }

  /** What was expected, and whether it is so. */
  private void verdict(Played scene) {
    if (scene.isGood()) {
      if (!scene.expectations().isEmpty()) {
        page.text(SCENE, "ok: " + says(scene.expectations()), ink::good);
      }
    } else {
      page.text(SCENE, "FAILED: expected " + says(scene.unmet()), ink::bad);
    }
  }

  private static String says(List<Expectation> expectations) {
    return expectations.stream().map(Expectation::says).collect(joining("; "));
  }

  private void acts(String who, String what, UnaryOperator<String> colour) {
    page.text(" ".repeat(STEP) + Shown.padded(who, SCENE - STEP), what, colour);
  }

  private static String text(Searched searched) {
    return String.format(
        Locale.ROOT,
        "for %s in %d answers and %,d bytes of the audit log: %s",
        searched.what(),
        searched.answers(),
        searched.logBytes(),
        searched.places().isEmpty() ? "none" : "FOUND in " + String.join(", ", searched.places()));
  }

  private static String text(Verified verified) {
    return verified.isWhole()
        ? String.format(
            Locale.ROOT,
            "WHOLE: %,d records, %,d signed checkpoints",
            verified.records(),
            verified.checkpoints())
        : "NOT WHOLE: " + verified.place() + ": " + verified.reason();
  }

  private static String text(Tried tried) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d calls flip to denied, %,d to allowed; %,d cannot be replayed",
        tried.toDenied(),
        tried.calls(),
        tried.toAllowed(),
        tried.unknown());
  }

  private static String text(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(joining(", ", "the log has these records of this run: ", ""));
  }

  private static String times(String kind, long roundTripMicros, long overheadMicros) {
    return String.format(
        Locale.ROOT,
        "%sround trip %,d us, governance %,d us",
        kind,
        roundTripMicros,
        overheadMicros);
  }

  private static String granted(Caller caller) {
    if (!caller.isSignedIn()) {
      return "not signed in (" + caller.user() + " in the log)";
    }
    String tenants =
        switch (caller.tenants().size()) {
          case 0 -> "no tenant";
          case 1 -> "tenant " + caller.tenants().getFirst();
          default -> "tenants " + String.join(" and ", caller.tenants());
        };
    return tenants + (caller.readsPii() ? ", permission PII_READ" : "");
  }
}
