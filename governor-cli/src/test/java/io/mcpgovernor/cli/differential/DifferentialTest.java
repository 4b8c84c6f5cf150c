package io.mcpgovernor.cli.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same calls through the library and through the gateway, as the same configuration file says:
 * a server of the official SDK that is governed itself, and the same server bare behind {@code
 * governor serve}, both processes of their own that are spoken to over HTTP. They must decide
 * alike, answer alike to the byte, and put the same on record, but for {@link DesignedDifference}.
 */
class DifferentialTest {
  private static final int CALLS = Integer.getInteger("governor.differential.calls", 1_000);
  private static final long SEED = Long.getLong("governor.differential.seed", 1);
  private static final int SHOWN_MAX = 5;

  /** Each has one call on its way at a time, so that much of the time is spent waiting. */
  private static final int SETTINGS_AT_ONCE = 5;

  private static final Map<Setting, Trial> TRIALS = new EnumMap<>(Setting.class);

  @TempDir static Path directory;

  @BeforeAll
  static void makeTheCalls() throws Exception {
    Governor.builder().auditTo(directory.resolve("audit")).build().close(); // makes keys
    Path tools = Files.createDirectories(directory.resolve("bare"));
    try (ServerProcess bare = ServerProcess.start(tools, FixtureServer.class);
        ExecutorService several = Executors.newFixedThreadPool(SETTINGS_AT_ONCE)) {
      String upstream = bare.uri().toString();
      Map<Setting, Future<Trial>> trials = new EnumMap<>(Setting.class);
      for (Setting setting : Setting.values()) {
        trials.put(setting, several.submit(() -> trial(setting, upstream, tools)));
      }
      for (Map.Entry<Setting, Future<Trial>> trial : trials.entrySet()) {
        TRIALS.put(trial.getKey(), trial.getValue().get());
      }
    }
    report();
  }

  private static Trial trial(Setting setting, String upstream, Path tools) throws Exception {
    String yaml = setting.yaml(upstream);
    Path home = home(setting + "-library", yaml);
    return Trial.of(
        new Door(Door.Kind.LIBRARY, home, home),
        new Door(Door.Kind.GATEWAY, home(setting + "-gateway", yaml), tools),
        calls(setting));
  }

  private static List<GeneratedCall> calls(Setting setting) {
    int all = Setting.values().length;
    int count = CALLS / all + (setting.ordinal() < CALLS % all ? 1 : 0);
    return new CallGenerator(SEED * all + setting.ordinal(), setting).calls(count);
  }

  /** A directory with the file and the keys of the log, which are the same for all. */
  private static Path home(String name, String yaml) throws IOException {
    Path home = Files.createDirectories(directory.resolve(name));
    Files.writeString(home.resolve("governor.yaml"), yaml);
    Path key = Files.writeString(home.resolve("hash.key"), "0123456789abcdef0123456789abcdef");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Path keys = Files.createDirectories(home.resolve("audit.keys"));
    try (Stream<Path> files = Files.list(directory.resolve("audit.keys"))) {
      for (Path file : files.toList()) {
        Files.copy(file, keys.resolve(file.getFileName()));
      }
    }
    return home;
  }

  /** In figures, for people. */
  private static void report() throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    pairs()
        .forEach(
            pair ->
                counts.merge(
                    pair.isSame()
                        ? "the same to the byte"
                        : DesignedDifference.of(pair)
                            .map(difference -> "designed: " + difference)
                            .orElse("DIFFERENT"),
                    1,
                    Integer::sum));
    List<String> lines = new ArrayList<>();
    lines.add(pairs().count() + " calls, seed " + SEED);
    counts.forEach((what, count) -> lines.add("%6d %s".formatted(count, what)));
    Files.write(Files.createDirectories(Path.of("target")).resolve("differential.txt"), lines);
  }

  private static Stream<Pair> pairs() {
    return TRIALS.values().stream().flatMap(trial -> trial.pairs().stream());
  }

  private static Trial trial(Setting setting) {
    return Objects.requireNonNull(TRIALS.get(setting));
  }

  @ParameterizedTest
  @EnumSource
  void bothDoorsDecideAnswerAndRecordAlike(Setting setting) {
    List<Pair> different =
        trial(setting).pairs().stream()
            .filter(pair -> !pair.isSame() && DesignedDifference.of(pair).isEmpty())
            .toList();
    assertThat(different.stream().limit(SHOWN_MAX).map(Pair::toString))
        .as("the first of %d calls that differ", different.size())
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void bothDoorsListTheSameTools(Setting setting) {
    Trial trial = trial(setting);
    assertThat(trial.gatewayList()).isEqualTo(trial.libraryList());
    assertThat(Json.text(trial.gatewayList()).object().get("tools"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .isNotEmpty()
        .hasSizeLessThan(FixtureTool.values().length); // one is hidden from everybody
  }

  @ParameterizedTest
  @EnumSource
  void besidesCallsOnlyPinsAreOnRecordAtTheGatewayAlone(Setting setting) {
    Trial trial = trial(setting);
    List<Map<String, @Nullable Object>> atGateway = new ArrayList<>(trial.gatewayAdmin());
    assertThat(atGateway)
        .extracting(record -> record.get("tool_name"))
        .containsOnlyOnce("tool.pin");
    atGateway.removeIf(record -> "tool.pin".equals(record.get("tool_name")));
    assertThat(atGateway).isEqualTo(trial.libraryAdmin());
  }

  @Test
  void theCallsMeetEveryDenial() {
    Set<String> met = new TreeSet<>();
    pairs().filter(Pair::isSame).forEach(pair -> met.add(String.valueOf(pair.gateway().denial())));
    assertThat(met)
        .contains(
            "null",
            "complexity",
            "concurrency",
            "identity",
            "masked_value",
            "masking_failed",
            "pii_access",
            "rate_limit",
            "result_too_large",
            "rls",
            "rule:long-answers",
            "rule:no-bulk-export",
            "rule:scarce",
            "schema",
            "timeout",
            "too_large",
            "unknown_tool");
  }

  /** A difference that never occurs has no business in the list. */
  @Test
  void everyDesignedDifferenceOccurs() {
    Set<DesignedDifference> met = EnumSet.noneOf(DesignedDifference.class);
    pairs()
        .filter(pair -> !pair.isSame())
        .forEach(pair -> DesignedDifference.of(pair).ifPresent(met::add));
    assertThat(met).containsExactlyInAnyOrder(DesignedDifference.values());
  }
}
