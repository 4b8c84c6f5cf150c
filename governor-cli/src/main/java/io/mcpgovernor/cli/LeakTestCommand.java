package io.mcpgovernor.cli;

import io.mcpgovernor.cli.leaktest.Fixture;
import io.mcpgovernor.cli.leaktest.FixtureCommand;
import io.mcpgovernor.cli.leaktest.FixtureHttp;
import io.mcpgovernor.cli.leaktest.LeakTestRun;
import io.mcpgovernor.pii.Kind;
import io.mcpgovernor.pii.Kinds;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code governor leaktest}: what of made-up personal data gets through a gateway. */
@Command(
    name = "leaktest",
    description = "Sends made-up personal data through an MCP gateway and tells what gets through.",
    footer = {
      "",
      "The gateway's upstream has to be the fixture, a server that answers with such data:",
      "  governor leaktest --fixture     runs it on stdio",
      "  {fixture} in CMD                stands for the command that does, as one argument",
      "  {fixture-url} in CMD            stands for its address over HTTP",
      "With a URL it listens on a port of this machine and says where; --fixture-port chooses one.",
      "",
      "  governor leaktest -- some-gateway --upstream \"{fixture}\"",
      "  governor leaktest --fixture-port 9200 http://127.0.0.1:8080/mcp",
      "",
      "Exits with 0 only if something was tested and all of it was masked."
    },
    mixinStandardHelpOptions = true)
final class LeakTestCommand implements Callable<Integer> {
  /** Whose masks count. */
  enum Expect {
    OURS,
    ANY
  }

  @Option(names = "--fixture", description = "Runs the fixture on stdio, until its input ends.")
  private boolean fixture;

  @Option(
      names = "--fixture-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "With a URL: where the fixture listens; otherwise any free port.")
  private int fixturePort;

  @Option(
      names = "--kinds",
      paramLabel = "KIND",
      split = ",",
      description = "Only these kinds, such as email,ssn; otherwise all that have examples.")
  private List<String> kinds = new ArrayList<>();

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of values that are made up anew. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "For each answer, and until the fixture's tools are listed. Default: ${DEFAULT-VALUE}.")
  private int timeout;

  @Option(
      names = "--expect",
      paramLabel = "any|ours",
      defaultValue = "any",
      description =
          "any (the default): something else stands where the value was; ours: exactly the masks"
              + " of this project.")
  private Expect expect = Expect.ANY;

  @Option(names = "--full", description = "Every encoding in every place.")
  private boolean full;

  @Option(names = "--json", description = "Prints one JSON object instead of tables.")
  private boolean json;

  @Parameters(
      paramLabel = "URL | -- CMD",
      description = "A gateway over Streamable HTTP, or a command that is one over stdio.")
  private List<String> target = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      if (fixture) {
        Fixture.serve(System.in, System.out);
        return 0;
      }
      return test(err) ? 0 : 1;
    } catch (IOException e) {
      err.println(e.getMessage());
      return 1;
    }
  }

  private boolean test(PrintWriter err) throws IOException {
    if (target.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "Name a URL or, after --, a command.");
    }
    PrintWriter out = spec.commandLine().getOut();
    LeakTestRun run =
        new LeakTestRun(chosen(), seed, Duration.ofSeconds(timeout), full, expect == Expect.OURS);
    String first = target.get(0);
    if (!first.startsWith("http://") && !first.startsWith("https://")) {
      if (target.stream().noneMatch(word -> word.contains("{fixture"))) {
        err.println("The upstream of this command has to be: " + FixtureCommand.line());
      }
      return run.overStdio(target, json, out);
    }
    try (FixtureHttp upstream = FixtureHttp.start(fixturePort)) {
      err.println("The upstream of this gateway has to be: " + upstream.uri());
      err.println("or, on stdio: " + FixtureCommand.line());
      return run.overHttp(URI.create(first), json, out);
    }
  }

  private List<Kind> chosen() {
    if (kinds.isEmpty()) {
      return Kinds.all().stream().filter(kind -> !kind.examples().isEmpty()).toList();
    }
    List<Kind> chosen = new ArrayList<>();
    for (String name : kinds) {
      chosen.add(
          Kinds.named(name)
              .orElseThrow(
                  () -> new ParameterException(spec.commandLine(), "There is no kind " + name)));
    }
    return chosen;
  }
}
