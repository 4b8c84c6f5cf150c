package io.mcpgovernor.cli.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor audit tail}: the newest records, the newest last, and what comes after them. */
@Command(
    name = "tail",
    description = "Shows the newest records, the newest last, and follows what is written.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "With -f it goes on until it is interrupted, from one segment of a log to the",
      "next, and takes in logs that appear below a directory.",
      "Exit codes: 0 all was read, 1 error or a segment that cannot be read, 2 wrong",
      "usage, 141 nobody reads the output."
    })
final class TailCommand extends ReadsLogs {
  private static final int COUNT_MAX = 100_000;
  private static final int LOGS_MAX = 1_000;
  private static final long POLL_MILLIS = 200;

  /** New logs are looked for less often: that walks through directories. */
  private static final int POLLS_PER_LOOK = 10;

  private static final Comparator<FoundRecord> BY_TIME =
      Comparator.comparingLong(record -> record.entry().atMicros());

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many records, 0 to 100000; 10 unless told.")
  private int count = 10;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what is written.")
  private boolean follow;

  @Option(names = "--json", description = "Print the lines of the log as they are.")
  private boolean json;

  /** Made by the command line. */
  TailCommand() {}

  @Override
  protected int read(List<Path> logs, Lines out, Trouble trouble)
      throws IOException, InterruptedException {
    if (count < 0 || count > COUNT_MAX) {
      throw usage("-n is 0 to " + COUNT_MAX);
    }
    List<FollowedLog> followed = new ArrayList<>();
    try {
      boolean hasMany = logs.size() > 1 || !logs.equals(roots());
      RecordTable table = new RecordTable(out, Style.ofStandardOutput(), json, hasMany);
      List<FoundRecord> last = new ArrayList<>();
      for (Path log : logs) {
        FollowedLog one = new FollowedLog(log, trouble);
        last.addAll(one.last(count));
        keepNewest(last);
        if (follow) {
          add(followed, one);
        } else {
          one.close();
        }
      }
      print(last, table);
      trouble.print(err());
      for (int poll = 1; follow; poll++) {
        Thread.sleep(POLL_MILLIS);
        if (poll % POLLS_PER_LOOK == 0) {
          addNew(followed, trouble);
        }
        List<FoundRecord> records = new ArrayList<>();
        for (FollowedLog one : followed) {
          records.addAll(one.more());
        }
        records.sort(BY_TIME);
        print(records, table);
        trouble.print(err());
      }
      return 0;
    } finally {
      for (FollowedLog one : followed) {
        one.close();
      }
    }
  }

  private void keepNewest(List<FoundRecord> records) {
    records.sort(BY_TIME);
    if (records.size() > count) {
      records.subList(0, records.size() - count).clear();
    }
  }

  private static void print(List<FoundRecord> records, RecordTable table) throws IOException {
    for (FoundRecord record : records) {
      table.print(record);
    }
    table.flush();
  }

  private void addNew(List<FollowedLog> followed, Trouble trouble) throws IOException {
    Set<Path> known = new HashSet<>();
    followed.forEach(one -> known.add(one.log()));
    for (Path log : SegmentFiles.logs(roots())) {
      if (!known.contains(log)) {
        add(followed, new FollowedLog(log, trouble));
      }
    }
  }

  private static void add(List<FollowedLog> followed, FollowedLog log) throws IOException {
    if (followed.size() == LOGS_MAX) {
      log.close();
      throw new RefusedLog("more than " + LOGS_MAX + " logs cannot be followed; name fewer");
    }
    followed.add(log);
  }
}
