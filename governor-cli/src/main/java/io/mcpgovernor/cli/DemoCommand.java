package io.mcpgovernor.cli;

import io.mcpgovernor.cli.demo.Demo;
import io.mcpgovernor.cli.demo.Demo.Format;
import io.mcpgovernor.cli.demo.TemporaryTree;
import io.mcpgovernor.cli.demo.Transport;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code governor demo}: shows on a real server what governance does, and checks that it does. */
@Command(
    name = "demo",
    description = "Shows on a real MCP server what governance does, and checks that it does.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--audit-dir",
      paramLabel = "DIR",
      description = "Keeps the audit log in DIR; otherwise it is deleted at the end.")
  private @Nullable Path auditDirectory;

  @Option(
      names = "--transport",
      paramLabel = "http|stdio",
      defaultValue = "http",
      description =
          "How clients reach the server: http (the default), or stdio, with a process each.")
  private Transport transport = Transport.HTTP;

  @Option(names = "--json", description = "Prints one JSON object instead of text.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      if (auditDirectory != null) {
        int status = Demo.play(transport, auditDirectory, format(), out);
        note(out, "The audit log is kept in " + auditDirectory + ".");
        return status;
      }
      try (TemporaryTree temporary = TemporaryTree.named("mcp-governor-demo-")) {
        int status = Demo.play(transport, temporary.path().resolve("audit"), format(), out);
        note(out, "The audit log was temporary; --audit-dir DIR keeps it.");
        return status;
      }
    } catch (UncheckedIOException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    }
  }

  private Format format() {
    if (json) {
      return Format.JSON;
    }
    return isColoured() ? Format.COLOURED_TEXT : Format.TEXT;
  }

  /** As the other commands: on a terminal that knows colours, unless NO_COLOR is set. */
  @SuppressWarnings("SystemConsoleNull") // JDK 25 does return null where there is no terminal
  private static boolean isColoured() {
    Console console = System.console();
    String noColor = System.getenv("NO_COLOR");
    return console != null
        && console.isTerminal()
        && (noColor == null || noColor.isEmpty())
        && !"dumb".equals(System.getenv("TERM"));
  }

  private void note(PrintWriter out, String text) {
    if (!json) {
      out.println(text);
      out.flush();
    }
  }
}
