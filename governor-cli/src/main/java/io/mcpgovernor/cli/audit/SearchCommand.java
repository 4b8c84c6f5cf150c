package io.mcpgovernor.cli.audit;

import io.mcpgovernor.ValueSearch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code governor audit search}: finds records, the newest first. */
@Command(
    name = "search",
    description = "Finds records, the newest first.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "An index beside each log (search-index.sqlite, which searches make and keep up",
      "to date) says where records stand; what is printed are the log's own lines. It",
      "is a convenience: governor audit verify is the proof that a log is whole.",
      "Exit codes: 0 searched, also if nothing was found, 1 error or a segment that",
      "cannot be read, 2 wrong usage, 141 nobody reads the output."
    })
final class SearchCommand extends ReadsLogs {
  private static final int LIMIT_MAX = 1_000_000;
  private static final long TELL_NANOS = 2_000_000_000L;
  private static final int VALUE_BYTES_MAX = 4 * ValueSearch.VALUE_CHARS_MAX + 2;

  @Mixin private FilterOptions filter = new FilterOptions();

  @Option(
      names = "--value",
      description =
          "Records that hold a value, masked; the value is the first line of standard input.")
  private boolean value;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "With --value: what it is, such as email; every kind it could be unless told.")
  private @Nullable String kind;

  @Option(
      names = "--keys",
      paramLabel = "DIR",
      description = "With --value: where the keys are; <log>.keys beside each log unless told.")
  private @Nullable Path keys;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many at most, 1 to 1000000; 100 unless told.")
  private int limit = 100;

  @Option(names = "--json", description = "Print the lines of the log as they are.")
  private boolean json;

  @Option(
      names = "--no-index",
      description = "Read all of the log instead of using and making its index.")
  private boolean noIndex;

  private long toldNanos = System.nanoTime() - TELL_NANOS;

  /** Made by the command line. */
  SearchCommand() {}

  @Override
  protected int read(List<Path> logs, Lines out, Trouble trouble) throws IOException {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw usage("--limit is 1 to " + LIMIT_MAX);
    }
    if (!value && (kind != null || keys != null)) {
      throw usage("--kind and --keys go with --value");
    }
    RecordTable table = new RecordTable(out, Style.ofStandardOutput(), json, logs.size() > 1);
    ValueQuery query = value ? new ValueQuery(valueFromInput(), kind, keys) : null;
    int[] count = {0};
    new LogSearch(logs, query, !noIndex, this::tell, err())
        .run(
            filter.filter(),
            limit,
            trouble,
            record -> {
              count[0]++;
              table.print(record);
            });
    table.flush();
    if (count[0] == 0 && !json) {
      err().println("no record matches");
      err().flush();
    }
    return 0;
  }

  private void tell(Path log, int done, int all) {
    if (System.nanoTime() - toldNanos >= TELL_NANOS) {
      toldNanos = System.nanoTime();
      err()
          .println(
              "reading "
                  + SafeText.of(log)
                  + " for the index: "
                  + done
                  + " of "
                  + all
                  + " segments done");
      err().flush();
    }
  }

  private String valueFromInput() throws IOException {
    byte[] input = System.in.readNBytes(VALUE_BYTES_MAX + 1);
    int end = 0;
    while (end < input.length && input[end] != '\n') {
      end++;
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(input, 0, end)).toString();
    } catch (CharacterCodingException e) {
      throw usage("the value on standard input is not UTF-8");
    }
    String line = text.strip();
    if (line.isEmpty() || line.length() > ValueSearch.VALUE_CHARS_MAX) {
      throw usage(
          "the first line of standard input is the value: 1 to "
              + ValueSearch.VALUE_CHARS_MAX
              + " characters");
    }
    return line;
  }
}
