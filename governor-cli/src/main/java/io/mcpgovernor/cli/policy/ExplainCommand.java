package io.mcpgovernor.cli.policy;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.cli.audit.CallRecords;
import io.mcpgovernor.cli.audit.SafeText;
import io.mcpgovernor.cli.audit.Style;
import io.mcpgovernor.config.check.CallAnswer;
import io.mcpgovernor.config.file.ConfigFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor explain}: why a call would be, or was, allowed or denied. */
@Command(
    name = "explain",
    description = "Says why a call would be, or was, allowed or denied.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Nothing runs, counts or is recorded, and the audit log is not opened; with --call it is",
      "read. Values of arguments are masked.",
      "Exit codes: 0 allowed, 1 error, also if the call is not on record, 2 wrong usage,",
      "3 denied, 4 bad configuration."
    })
public final class ExplainCommand extends AsksConfiguration {
  @Option(
      names = "--call",
      paramLabel = "ID",
      description =
          "Says what is on record of the call with this call_id; with --config, also whether that"
              + " configuration decided it.")
  private @Nullable String callId;

  @Option(
      names = "--log",
      paramLabel = "DIR",
      description =
          "With --call: the directory of the log; audit.dir of the configuration unless told.")
  private @Nullable Path log;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /** Made by the command line. */
  public ExplainCommand() {}

  @Override
  int run() throws IOException {
    if (callId != null) {
      return recorded(callId);
    }
    if (log != null) {
      throw usage("--log goes with --call");
    }
    ConfigFile file = configuration();
    CallAnswer answer = ask(file);
    if (json) {
      print(AnswerJson.of(answer, file));
    } else {
      new AnswerText(out(), Style.ofStandardOutput()).print(answer, file);
    }
    return answer.isAllowed() ? 0 : DENIED;
  }

  private int recorded(String id) throws IOException {
    if (asked().isAsked()) {
      throw usage("--call is about a recorded call, --tool about another; say one of both");
    }
    ConfigFile file = isConfigured() || log == null ? configuration() : null;
    Path directory = log;
    if (directory == null && file != null) {
      directory = file.resolve(file.config().audit().dir());
    }
    List<Json> records =
        directory == null ? List.of() : CallRecords.of(List.of(directory), id, err());
    if (records.isEmpty()) {
      err().println("no call " + SafeText.of(id) + " is on record in " + directory);
      return 1;
    }
    RecordedDecision decision = RecordedDecision.of(records);
    if (json) {
      print(decision.json(file));
    } else {
      new RecordText(out(), Style.ofStandardOutput()).print(decision, file);
    }
    return decision.isAllowed() ? 0 : DENIED;
  }

  private void print(Json object) {
    out().println(new String(object.utf8(), StandardCharsets.UTF_8));
  }
}
