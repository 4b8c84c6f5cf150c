package io.mcpgovernor.cli.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.Governor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same calls through the library and through the gateway, as one configuration file says. */
class DifferentialTest {
  private static final int CALLS = Integer.getInteger("governor.differential.calls", 1_000);
  private static final long SEED = Long.getLong("governor.differential.seed", 1);

  @TempDir static Path directory;
  private static ServerProcess bare;

  @BeforeAll
  static void startTheBareServer() throws IOException {
    bare = ServerProcess.start(directory.resolve("bare.log"), FixtureServer.class);
    Governor.builder().auditTo(directory.resolve("audit")).build().close();
  }

  @AfterAll
  static void endTheBareServer() {
    bare.close();
  }

  @ParameterizedTest
  @EnumSource
  void bothDoorsDecideAnswerAndRecordAlike(Setting setting) throws Exception {
    int count = CALLS / Setting.values().length;
    List<GeneratedCall> calls = new CallGenerator(SEED * 1_000 + setting.ordinal()).calls(count);
    Door library = door(Door.Kind.LIBRARY, setting);
    Door gateway = door(Door.Kind.GATEWAY, setting);
    List<String> differences = new ArrayList<>();
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      Future<List<WireAnswer>> ofLibrary = both.submit(() -> library.answers(calls));
      Future<List<WireAnswer>> ofGateway = both.submit(() -> gateway.answers(calls));
      for (int i = 0; i < count; i++) {
        String one = canon(ofLibrary.get().get(i));
        String other = canon(ofGateway.get().get(i));
        if (!one.equals(other)) {
          differences.add(calls.get(i).message() + "\nL " + one + "\nG " + other);
        }
      }
    }
    Map<String, List<String>> ofLibrary = records(library);
    Map<String, List<String>> ofGateway = records(gateway);
    for (GeneratedCall call : calls) {
      List<String> one = ofLibrary.getOrDefault(call.traceId(), List.of());
      List<String> other = ofGateway.getOrDefault(call.traceId(), List.of());
      if (!one.equals(other)) {
        differences.add(call.message() + "\nRL " + one + "\nRG " + other);
      }
    }
    differences.add("ADMIN\nRL " + ofLibrary.get("") + "\nRG " + ofGateway.get(""));
    Files.write(Path.of("/tmp/gwF/diff-" + setting), differences);
    Files.writeString(
        Path.of("/tmp/gwF/log-" + setting), library.log() + "\n-----\n" + gateway.log());
    assertThat(differences.size()).isEqualTo(1);
  }

  private static String canon(WireAnswer answer) {
    String json = Unsteady.outOf(answer.json());
    return answer.kind()
        + " "
        + (json.startsWith("{")
            ? JsonText.of(Canonical.answer(io.mcpgovernor.call.Json.text(json).tree()))
            : json);
  }

  private static Map<String, List<String>> records(Door door) throws IOException {
    Map<String, List<String>> records = new java.util.HashMap<>();
    for (Map<String, @Nullable Object> record : door.records()) {
      String trace = record.get("trace_id") instanceof String id ? id : "";
      records
          .computeIfAbsent(trace, t -> new ArrayList<>())
          .add(JsonText.of(Canonical.record(record)));
    }
    return records;
  }

  private static Door door(Door.Kind kind, Setting setting) throws IOException {
    Path home = Files.createDirectories(directory.resolve(setting + "-" + kind));
    Files.writeString(home.resolve("governor.yaml"), setting.yaml(bare.uri().toString()));
    Path key = Files.writeString(home.resolve("hash.key"), "0123456789abcdef0123456789abcdef");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Path keys = Files.createDirectories(home.resolve("audit.keys"));
    try (Stream<Path> files = Files.list(directory.resolve("audit.keys"))) {
      for (Path file : files.toList()) {
        Files.copy(file, keys.resolve(file.getFileName()));
      }
    }
    return new Door(kind, home);
  }
}
