package io.mcpgovernor.cli.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code governor audit export}: records in a form that other programs read, oldest first. */
@Command(
    name = "export",
    description = "Writes records in a form that other programs read, oldest first.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "jsonl: the lines of the log as they are.",
      "csv:   RFC 4180; an apostrophe before what a spreadsheet would run.",
      "ocsf:  API Activity events (class 6003) of OCSF 1.3.0, one a line. Checkpoints",
      "       have no place there; attempts neither, unless --event attempt asks for",
      "       them, because the outcome of the same call follows.",
      "Exit codes: 0 all was read, 1 error or a segment that cannot be read, 2 wrong",
      "usage, 141 nobody reads the output."
    })
final class ExportCommand extends ReadsLogs {
  @Mixin private FilterOptions filter = new FilterOptions();

  @Option(names = "--as", required = true, paramLabel = "jsonl|csv|ocsf", description = "The form.")
  private ExportForm form = ExportForm.JSONL;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "A new file, which only its owner can read; standard output unless told.")
  private @Nullable Path file;

  /** Made by the command line. */
  ExportCommand() {}

  @Override
  protected int read(List<Path> logs, Lines out, Trouble trouble) throws IOException {
    if (file == null) {
      export(logs, out, trouble);
      return 0;
    }
    try (OutputStream to = OwnerFiles.create(file)) {
      Lines lines = new Lines(to::write);
      export(logs, lines, trouble);
      lines.flush();
    } catch (FileAlreadyExistsException e) {
      throw new RefusedLog(file + " is there already; name a new file");
    }
    return 0;
  }

  private void export(List<Path> logs, Lines out, Trouble trouble) throws IOException {
    EntryFilter wanted = filter.filter();
    boolean isEventAskedFor = wanted.event() != null;
    out.raw(form.head());
    try (MergedScan records = new MergedScan(logs, wanted, trouble)) {
      for (FoundRecord record = records.next(); record != null; record = records.next()) {
        if (form.takes(record.entry(), isEventAskedFor)) {
          out.raw(form.of(record));
        }
      }
    }
  }
}
