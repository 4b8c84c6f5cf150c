package io.mcpgovernor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page, the dashboard and the alert rules speak of metrics and routes that there are. */
@Timeout(120)
final class OperationsPageTest {
  private static final Path PAGE = Path.of("../docs/operations.md");
  private static final Path DASHBOARD = Path.of("../deploy/grafana/governor.json");
  private static final Path RULES = Path.of("../deploy/prometheus/governor.rules.yaml");
  private static final Pattern METRIC =
      Pattern.compile("((?:governor|jvm|process)_[a-z_]+)(?:\\{([^}]*)\\})?");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+) *=~? *\\\\?\"");

  @TempDir Path directory;

  /** What a gateway exposes that has served: the labels of each metric. */
  private Map<String, Set<String>> exposed() throws Exception {
    Map<String, Set<String>> exposed = new TreeMap<>();
    try (ScriptedServer server = new ScriptedServer();
        AdminUnderTest admin = AdminUnderTest.before(server, directory)) {
      server.on("tools/call", asked -> asked.text("write to jane.leak@corp.example"));
      admin.client().legacy("tools/call", Requests.call("look", "{}"));
      admin.client().legacy("tools/call", Requests.call("made-up", "{}"));
      for (String line : admin.get("/metrics").body().lines().toList()) {
        if (!line.startsWith("#")) {
          Set<String> labels =
              exposed.computeIfAbsent(line.replaceAll("[{ ].*", ""), any -> new TreeSet<>());
          LABEL.matcher(line).results().forEach(label -> labels.add(label.group(1)));
        }
      }
    }
    return exposed;
  }

  private static void isExposed(String expression, Map<String, Set<String>> exposed) {
    List<MatchResult> metrics = METRIC.matcher(expression).results().toList();
    assertThat(metrics).as(expression).isNotEmpty();
    for (MatchResult metric : metrics) {
      assertThat(exposed).as(expression).containsKey(metric.group(1));
      if (metric.group(2) != null) {
        assertThat(exposed.get(metric.group(1)))
            .as(expression)
            .containsAll(
                LABEL.matcher(metric.group(2)).results().map(label -> label.group(1)).toList());
      }
    }
    Set<String> known = new TreeSet<>();
    metrics.forEach(metric -> known.addAll(exposed.getOrDefault(metric.group(1), Set.of())));
    Pattern.compile("by \\(([a-z_, ]+)\\)")
        .matcher(expression)
        .results()
        .forEach(by -> assertThat(known).as(expression).contains(by.group(1).split(", *")));
  }

  @Test
  void theDashboardShowsMetricsThatThereAre() throws Exception {
    Map<String, Set<String>> exposed = exposed();
    List<String> expressions = new ArrayList<>();
    List<?> panels = (List<?>) Json.utf8(Files.readAllBytes(DASHBOARD)).object().get("panels");
    for (Object panel : panels == null ? List.of() : panels) {
      for (Object target : (List<?>) ((Map<?, ?>) panel).get("targets")) {
        expressions.add(String.valueOf(((Map<?, ?>) target).get("expr")));
      }
    }
    assertThat(expressions).hasSizeGreaterThan(15);
    expressions.forEach(expression -> isExposed(expression, exposed));
  }

  @Test
  void theAlertsAskForMetricsThatThereAreAndNameRunbooksOfThePage() throws Exception {
    Map<String, Set<String>> exposed = exposed();
    String rules = Files.readString(RULES);
    List<String> expressions =
        Pattern.compile("expr: (.*)").matcher(rules).results().map(r -> r.group(1)).toList();
    assertThat(expressions).hasSizeGreaterThan(5);
    expressions.forEach(expression -> isExposed(expression, exposed));
    String headings =
        String.join(
            "\n",
            Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "#").toLowerCase(Locale.ROOT))
                .map(line -> line.replace(' ', '-'))
                .toList());
    Pattern.compile("runbook: docs/operations.md(#.*)")
        .matcher(rules)
        .results()
        .forEach(runbook -> assertThat(headings.lines()).contains(runbook.group(1)));
    Pattern.compile("alert: (\\w+)")
        .matcher(rules)
        .results()
        .map(alert -> alert.group(1))
        .filter(alert -> !alert.matches("GovernorAuditSlow|GovernorConfig.*|GovernorMasking.*"))
        .forEach(alert -> assertThat(page()).contains("`" + alert + "`"));
  }

  @Test
  void thePageHasEveryMetricOfOursWithItsLabelsAndNoOther() throws Exception {
    Map<String, String> described = new TreeMap<>();
    Pattern.compile("^\\| `(governor_[a-z_]+)` \\| ([a-z, ]*) ?\\|", Pattern.MULTILINE)
        .matcher(page())
        .results()
        .forEach(row -> described.put(row.group(1), labels(List.of(row.group(2).split(", *")))));
    Map<String, String> there = new TreeMap<>();
    exposed()
        .forEach(
            (name, labels) -> {
              if (name.startsWith("governor_") && !name.matches(".*_(count|sum|max)")) {
                labels.remove("le");
                there.put(name.replaceFirst("_bucket$", ""), labels(labels));
              }
            });
    assertThat(described).isEqualTo(there);
  }

  @Test
  void thePageHasEveryRoute() throws Exception {
    try (ScriptedServer server = new ScriptedServer();
        AdminUnderTest admin = AdminUnderTest.before(server, directory)) {
      String page = page();
      for (String route : admin.gateway.adminRoutes()) {
        assertThat(page).contains(route.substring(route.indexOf(' ') + 1));
      }
    }
  }

  private static String page() {
    try {
      return Files.readString(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String labels(Iterable<String> labels) {
    Set<String> sorted = new TreeSet<>();
    labels.forEach(label -> sorted.add(label.strip()));
    sorted.remove("");
    return sorted.toString();
  }
}
