package io.mcpgovernor.cli.config;

import io.mcpgovernor.cli.audit.Style;
import io.mcpgovernor.cli.gateway.ServerName;
import io.mcpgovernor.config.file.ConfigException;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.config.file.PolicyLibrary;
import io.mcpgovernor.pii.Sensitivity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code governor init}: a configuration file to start from. */
@Command(
    name = "init",
    description = "Writes a configuration file to start from.",
    footer = {
      "",
      "On a terminal it asks what the file shall say; with any option that says it, or without a"
          + " terminal, it does not.",
      "Only its owner can read it. A file that is there is never overwritten.",
      "Exit codes: 0 ok, 1 it is there already or cannot be written, 2 wrong usage."
    },
    mixinStandardHelpOptions = true)
public final class InitCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      defaultValue = "governor.yaml",
      description = "The file; ${DEFAULT-VALUE} unless told.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path file;

  @Option(
      names = "--with",
      paramLabel = "RULES",
      description =
          "Rules that come with this program, again for more; the first that denies decides:"
              + " destructive-tools, no-bulk-export, per-tool-limits, read-only-agent,"
              + " tenant-argument-must-match, working-hours.")
  private List<String> with = new ArrayList<>();

  @Option(
      names = "--server",
      paramLabel = "NAME=WHAT",
      description =
          "An MCP server: its command with arguments, or its https address; again for more.")
  private Map<String, String> servers = new LinkedHashMap<>();

  @ArgGroup private @Nullable Callers callers;

  @Option(
      names = "--audience",
      paramLabel = "TEXT",
      description = "With --issuer: for whom tokens have to be, this gateway's own address.")
  private @Nullable String audience;

  @Option(
      names = "--audit",
      paramLabel = "DIR",
      description = "Where records go; audit if not told.")
  private @Nullable String audit;

  @Option(
      names = "--masking",
      paramLabel = "LEVEL",
      description = "What stays readable of a masked value: ${COMPLETION-CANDIDATES}.")
  private @Nullable Level masking;

  @Option(
      names = {"-y", "--yes"},
      description = "Ask nothing, and take what is usual.")
  private boolean yes;

  /** How callers are known. */
  static final class Callers {
    @Option(
        names = "--user",
        paramLabel = "NAME",
        required = true,
        description = "Everybody who reaches the gateway on this machine is this user.")
    private @Nullable String user;

    @Option(
        names = "--issuer",
        paramLabel = "URL",
        required = true,
        description = "Callers show a JSON Web Token of this issuer.")
    private @Nullable String issuer;
  }

  /** The levels of masking, as the file has them. */
  enum Level {
    STANDARD,
    STRICT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  private final @Nullable BufferedReader terminal;

  /** Made by the command line. */
  public InitCommand() {
    this(Style.ofStandardOutput().isTerminal() ? standardInput() : null);
  }

  /** Asks at a terminal; not at all without. */
  InitCommand(@Nullable BufferedReader terminal) {
    this.terminal = terminal;
  }

  private static BufferedReader standardInput() {
    return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  }

  @Override
  public Integer call() {
    String rules;
    try {
      rules =
          with.isEmpty()
              ? ""
              : "\n" + PolicyLibrary.together(List.copyOf(new LinkedHashSet<>(with)));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
    if (Files.exists(file)) { // and not after all those questions
      return failed(file + " is there already, and is left as it is");
    }
    String text;
    try {
      text = StartFile.text(choices()) + rules;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return failed("the text to start from is missing: " + e.getMessage());
    }
    try {
      write(text);
      ConfigFile.read(file).builder();
    } catch (ConfigException e) {
      return removed(e);
    } catch (FileAlreadyExistsException e) {
      return failed(file + " is there already, and is left as it is");
    } catch (NoSuchFileException e) {
      return failed("there is no directory " + file.toAbsolutePath().getParent());
    } catch (IOException e) {
      return failed(file + " cannot be written: " + e.getMessage());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("wrote " + file + "; edit it, then run: governor validate " + file);
    out.flush();
    return 0;
  }

  private void write(String text) throws IOException {
    Set<StandardOpenOption> asNew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    FileAttribute<?>[] ownersOnly =
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try (OutputStream out =
        Channels.newOutputStream(Files.newByteChannel(file, asNew, ownersOnly))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private StartChoices choices() {
    boolean isSaid =
        yes
            || !servers.isEmpty()
            || callers != null
            || audience != null
            || audit != null
            || masking != null;
    if (!isSaid && terminal != null) {
      return new Questions(terminal, spec.commandLine().getErr()).ask();
    }
    Map<String, StartServer> read = new LinkedHashMap<>();
    servers.forEach((name, what) -> read.put(name, StartServer.read(what)));
    read.keySet().stream()
        .filter(name -> !ServerName.isName(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "the name of a server has 1 to 32 lower-case letters, digits and dashes");
            });
    String issuer = callers == null ? null : callers.issuer;
    if ((issuer == null) != (audience == null)) {
      throw new IllegalArgumentException("--issuer and --audience go together");
    }
    return new StartChoices(
        read,
        callers == null ? null : callers.user,
        issuer,
        audience,
        audit == null ? StartChoices.AUDIT : audit,
        masking == Level.STRICT ? Sensitivity.STRICT : Sensitivity.STANDARD);
  }

  /** Nobody can use a file that is wrong; what is wrong in it is what was said. */
  private int removed(ConfigException e) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException again) {
      e.addSuppressed(again);
    }
    PrintWriter err = spec.commandLine().getErr();
    e.problems().forEach(err::println);
    err.println(spec.qualifiedName() + ": nothing is written");
    err.flush();
    return 2;
  }

  private int failed(String message) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.qualifiedName() + ": " + message);
    err.flush();
    return 1;
  }
}
