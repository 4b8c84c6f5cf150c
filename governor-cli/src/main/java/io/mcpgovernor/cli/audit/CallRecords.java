package io.mcpgovernor.cli.audit;

import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Finds what is on record of one call. */
public final class CallRecords {
  /** An attempt and its outcome; a call that is on record more often than that is no call. */
  private static final int RECORDS_MAX = 10;

  private CallRecords() {}

  /**
   * The records of a call, oldest first.
   *
   * @param directories of logs, or roots above such
   * @param err is told of what cannot be read
   * @throws IOException if there is no log, or none that can be read
   */
  public static List<Json> of(List<Path> directories, String callId, PrintWriter err)
      throws IOException {
    List<Json> records = new ArrayList<>();
    Trouble trouble = new Trouble();
    EntryFilter filter =
        new EntryFilter(
            null, null, null, null, null, null, callId, Long.MIN_VALUE, Long.MAX_VALUE, null);
    new LogSearch(SegmentFiles.logs(directories), null, true, (log, done, all) -> {}, err)
        .run(filter, RECORDS_MAX, trouble, found -> records.add(Json.lenient(found.line())));
    trouble.print(err);
    Collections.reverse(records);
    return records;
  }
}
