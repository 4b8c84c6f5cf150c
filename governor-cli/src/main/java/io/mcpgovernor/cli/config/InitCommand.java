package io.mcpgovernor.cli.config;

import io.mcpgovernor.config.file.PolicyLibrary;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
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
      "Only its owner can read it. A file that is there is never overwritten.",
      "Exit codes: 0 ok, 1 it is there already or cannot be written, 2 wrong usage."
    },
    mixinStandardHelpOptions = true)
public final class InitCommand implements Callable<Integer> {
  private static final String START = "start.yaml";

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

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Made by the command line. */
  public InitCommand() {}

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
    try {
      write(rules);
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

  private void write(String rules) throws IOException {
    Set<StandardOpenOption> asNew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    FileAttribute<?>[] ownersOnly =
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try (InputStream start = Objects.requireNonNull(InitCommand.class.getResourceAsStream(START));
        OutputStream out =
            Channels.newOutputStream(Files.newByteChannel(file, asNew, ownersOnly))) {
      start.transferTo(out);
      out.write(rules.getBytes(StandardCharsets.UTF_8));
    }
  }

  private int failed(String message) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.qualifiedName() + ": " + message);
    err.flush();
    return 1;
  }
}
