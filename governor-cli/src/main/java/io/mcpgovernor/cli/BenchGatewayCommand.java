package io.mcpgovernor.cli;

import io.mcpgovernor.bench.Report;
import io.mcpgovernor.bench.gateway.GatewayBench;
import io.mcpgovernor.bench.gateway.GatewayOptions;
import io.mcpgovernor.bench.gateway.GatewayScale;
import io.mcpgovernor.bench.gateway.SoakBench;
import io.mcpgovernor.bench.upstream.AnswerForm;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code governor bench gateway}: calls through the gateway and past it. */
@Command(
    name = "gateway",
    description =
        "Measures calls through governor serve beside the same calls straight to the server and"
            + " through nginx, if it is installed.",
    mixinStandardHelpOptions = true)
final class BenchGatewayCommand implements Callable<Integer> {
  private static final Duration SHORT_SOAK = Duration.ofSeconds(20);
  private static final Duration QUICK_SOAK = Duration.ofSeconds(1);
  private static final int CLIENTS_MAX = 512;
  private static final int IDLE_MAX = 10_000;
  private static final int MINUTES_MAX = 24 * 60;

  @Option(
      names = "--clients",
      split = ",",
      paramLabel = "N",
      description = "How many call at once (default ${DEFAULT-VALUE}).",
      defaultValue = "1,8,64")
  private List<Integer> clients = List.of();

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "SIZE",
      converter = Bytes.class,
      description = "How long results are, such as 512, 64KiB, 1MiB (default ${DEFAULT-VALUE}).",
      defaultValue = "1KiB,64KiB,1MiB")
  private List<Integer> sizes = List.of();

  @Option(
      names = "--protocol",
      paramLabel = "REVISION",
      description = "Of MCP: 2025-11-25 (default) or 2026-07-28.",
      defaultValue = "2025-11-25")
  private String protocol = "";

  @Option(
      names = "--answers",
      paramLabel = "FORM",
      description = "How the server answers: fixed (length ahead; default), chunked, sse.",
      defaultValue = "fixed")
  private AnswerForm form = AnswerForm.FIXED;

  @Option(
      names = "--peer",
      paramLabel = "NAME=URL",
      description =
          "Another gateway that runs already, in front of the server (see --upstream-port).")
  private Map<String, URI> peers = new LinkedHashMap<>();

  @Option(
      names = "--upstream-port",
      paramLabel = "PORT",
      description = "Where the server listens, at /mcp; any free port if left out.")
  private int upstreamPort;

  @Option(
      names = "--auth",
      paramLabel = "HOW",
      description =
          "jwt: besides, a governor whose clients show a token; without, everybody is one user.")
  private String auth = "";

  @Option(
      names = "--without-governor",
      description = "Measure only what it would be compared with.")
  private boolean withoutGovernor;

  @Option(
      names = "--idle",
      paramLabel = "N",
      description =
          "Instead: so many idle sessions and 64 busy clients before a governor with a heap of"
              + " 256 MiB.")
  private int idle = -1;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "The same for so long, to see whether anything grows.")
  private int minutes;

  @Option(names = "--json", description = "Print one JSON object instead of a table.")
  private boolean json;

  @Option(
      names = "--quick",
      description = "Only show that the benchmark works; its figures mean nothing.")
  private boolean quick;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** Exits with 0 whatever was measured, with 1 if something did not answer as it should. */
  @Override
  public Integer call() {
    check();
    Consumer<String> progress = what -> System.err.println("measuring " + what);
    GatewayOptions options =
        new GatewayOptions(
            withoutGovernor ? List.of() : OwnCommand.words(),
            clients,
            sizes,
            protocol,
            form,
            peers,
            upstreamPort,
            auth.equals("jwt"),
            quick ? GatewayScale.QUICK : GatewayScale.FULL);
    Report report;
    try {
      report =
          idle >= 0 || minutes > 0
              ? SoakBench.run(options, Math.max(0, idle), soak(), progress)
              : GatewayBench.run(options, progress);
    } catch (IOException | IllegalStateException e) {
      System.err.println("This cannot be measured. " + e.getMessage());
      return 1;
    }
    if (json) {
      report.printJson(System.out);
    } else {
      report.printTable(System.out);
    }
    return 0;
  }

  private Duration soak() {
    return minutes > 0 ? Duration.ofMinutes(minutes) : quick ? QUICK_SOAK : SHORT_SOAK;
  }

  private void check() {
    if (clients.stream().anyMatch(count -> count < 1 || count > CLIENTS_MAX)) {
      throw wrong("--clients takes numbers from 1 to " + CLIENTS_MAX);
    }
    if (!List.of("2025-11-25", "2026-07-28").contains(protocol)) {
      throw wrong("--protocol is 2025-11-25 or 2026-07-28");
    }
    if (!List.of("", "jwt").contains(auth)) {
      throw wrong("--auth is jwt");
    }
    if (idle > IDLE_MAX || minutes > MINUTES_MAX || minutes < 0) {
      throw wrong("--idle goes up to " + IDLE_MAX + ", --minutes up to " + MINUTES_MAX);
    }
    if ((idle > 0 || minutes > 0) && (withoutGovernor || !peers.isEmpty() || !auth.isEmpty())) {
      throw wrong("--idle and --minutes measure the governor alone");
    }
    if (idle > 0 && !protocol.equals("2025-11-25")) {
      throw wrong("--idle needs sessions, which " + protocol + " does not have");
    }
  }

  private ParameterException wrong(String text) {
    return new ParameterException(spec.commandLine(), text);
  }

  /** A size from 512 bytes to 8 MiB. */
  private static final class Bytes implements ITypeConverter<Integer> {
    private static final int MIN = 512;
    private static final int MAX = 8 << 20;

    @Override
    public Integer convert(String text) {
      try {
        int bytes =
            text.endsWith("MiB")
                ? Math.multiplyExact(number(text), 1 << 20)
                : text.endsWith("KiB")
                    ? Math.multiplyExact(number(text), 1 << 10)
                    : Integer.parseInt(text);
        if (bytes >= MIN && bytes <= MAX) {
          return bytes;
        }
      } catch (NumberFormatException | ArithmeticException e) {
        // said below
      }
      throw new TypeConversionException("a size from 512 to 8MiB, such as 64KiB, not: " + text);
    }

    private static int number(String text) {
      return Integer.parseInt(text.substring(0, text.length() - "KiB".length()));
    }
  }
}
