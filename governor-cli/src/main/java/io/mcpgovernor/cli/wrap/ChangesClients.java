package io.mcpgovernor.cli.wrap;

import io.mcpgovernor.cli.audit.SafeText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code wrap} and {@code unwrap} share: all but what becomes of an entry. */
abstract class ChangesClients implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int MALFORMED = 4;

  @Parameters(
      paramLabel = "CLIENT",
      completionCandidates = Client.Words.class,
      description = "One of: ${COMPLETION-CANDIDATES}.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String word;

  @Option(
      names = {"-f", "--config"},
      paramLabel = "PATH",
      description = "The client's file; that of the user unless told.")
  private @Nullable Path path;

  @Option(
      names = "--server",
      paramLabel = "NAME",
      description = "Only this server, by its name in the file; again for more.")
  private Set<String> servers = Set.of();

  @Option(
      names = "--launcher",
      paramLabel = "PATH",
      description = "What starts governor; found out unless told.")
  private @Nullable String launcher;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Show what would change, and change nothing.")
  private boolean isRehearsal;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Made by the command line. */
  ChangesClients() {}

  /**
   * What becomes of each entry.
   *
   * @param program what starts governor; empty if nobody knows
   */
  abstract List<EntryPlan> plans(ClientText file, String program);

  @Override
  public final Integer call() {
    Client client =
        Client.of(word)
            .orElseThrow(
                () ->
                    usage(
                        "there is no client '"
                            + word
                            + "' here; there are "
                            + String.join(", ", new Client.Words())));
    Path file = path == null ? client.file(ClientHost.current()) : path;
    if (file == null) {
      throw usage("the environment names no home directory; say the client's file with --config");
    }
    String text = "";
    try {
      ClientFile read = ClientFile.read(file);
      text = read.text();
      ClientText all = ClientText.read(text, client);
      return change(client, read, all);
    } catch (MalformedFileException e) {
      return failed(file + ":" + e.place(text) + " " + e.getMessage(), MALFORMED);
    } catch (NoSuchFileException e) {
      return failed(
          client.title() + " has no file " + file + "; --config PATH names another", FAILED);
    } catch (AccessDeniedException e) {
      return failed(file + ": you may not read it, or not write beside it", FAILED);
    } catch (IOException e) {
      return failed(file + ": " + e.getMessage(), FAILED);
    }
  }

  /** All are planned first: what one is called depends on the others. */
  private List<EntryPlan> chosen(ClientText all, Path file) {
    for (String server : servers) {
      if (all.entries().stream().noneMatch(entry -> entry.name().equals(server))) {
        throw usage("there is no server '" + server + "' in " + file);
      }
    }
    return plans(all, program()).stream()
        .filter(plan -> servers.isEmpty() || servers.contains(plan.entry().name()))
        .toList();
  }

  private int change(Client client, ClientFile file, ClientText read) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    List<EntryPlan> plans = chosen(read, file.path());
    if (plans.isEmpty()) {
      out.println("There are no servers in " + SafeText.of(file.path()) + ".");
    }
    plans.forEach(plan -> out.println(SafeText.of(plan.line())));
    List<Edit> edits = plans.stream().flatMap(plan -> plan.edits().stream()).toList();
    if (isRehearsal) {
      LineDiff.of(read.text(), plans, file.path().toString()).forEach(out::println);
    } else if (!edits.isEmpty()) {
      Path backup = file.replace(Edit.apply(read.text(), edits));
      out.println("wrote " + SafeText.of(file.path()));
      out.println("as it was before: " + SafeText.of(backup));
      out.println("Restart " + client.title() + ": it reads its servers when it starts.");
    }
    out.flush();
    return 0;
  }

  private String program() {
    if (launcher != null) {
      return launcher;
    }
    return Launcher.find().map(Path::toString).orElse("");
  }

  final ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), SafeText.of(message));
  }

  private int failed(String message, int code) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.qualifiedName() + ": " + SafeText.of(message));
    err.flush();
    return code;
  }
}
