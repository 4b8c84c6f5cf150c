package io.mcpgovernor.cli.differential;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The same calls through both doors, at the same time.
 *
 * @param pairs what came of each
 * @param libraryList the tools that the library's server lists
 * @param gatewayList those that the gateway lists
 * @param libraryAdmin what is on record at the library's that belongs to no call
 * @param gatewayAdmin the same at the gateway's
 */
record Trial(
    List<Pair> pairs,
    String libraryList,
    String gatewayList,
    List<Map<String, @Nullable Object>> libraryAdmin,
    List<Map<String, @Nullable Object>> gatewayAdmin) {

  static Trial of(Door library, Door gateway, List<GeneratedCall> calls)
      throws IOException, InterruptedException, ExecutionException {
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      Future<Door.Heard> ofLibrary = both.submit(() -> library.hear(calls));
      Future<Door.Heard> ofGateway = both.submit(() -> gateway.hear(calls));
      List<WireAnswer> fromLibrary = ofLibrary.get().answers();
      List<WireAnswer> fromGateway = ofGateway.get().answers();
      Map<String, List<Map<String, @Nullable Object>>> atLibrary = byTrace(library);
      Map<String, List<Map<String, @Nullable Object>>> atGateway = byTrace(gateway);
      List<Pair> pairs = new ArrayList<>();
      for (int i = 0; i < calls.size(); i++) {
        String trace = calls.get(i).traceId();
        pairs.add(
            new Pair(
                calls.get(i),
                Seen.of(fromLibrary.get(i), atLibrary.getOrDefault(trace, List.of())),
                Seen.of(fromGateway.get(i), atGateway.getOrDefault(trace, List.of()))));
      }
      return new Trial(
          pairs,
          ofLibrary.get().tools().json(),
          ofGateway.get().tools().json(),
          atLibrary.getOrDefault("", List.of()).stream().map(Unsteady::outOf).toList(),
          atGateway.getOrDefault("", List.of()).stream().map(Unsteady::outOf).toList());
    }
  }

  private static Map<String, List<Map<String, @Nullable Object>>> byTrace(Door door)
      throws IOException {
    Map<String, List<Map<String, @Nullable Object>>> records = new HashMap<>();
    for (Map<String, @Nullable Object> record : door.records()) {
      String trace = record.get("trace_id") instanceof String id ? id : "";
      records.computeIfAbsent(trace, none -> new ArrayList<>()).add(record);
    }
    return records;
  }
}
