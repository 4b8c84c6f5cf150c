package io.mcpgovernor.cli.gateway;

import io.mcpgovernor.config.file.ConfigException;
import io.mcpgovernor.gateway.relay.UpstreamException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a server as the command line says, and knows nothing of how that is read. */
public final class ServerRun {
  private static final int CANNOT_START = 1;
  private static final int BAD_CONFIGURATION = 4;

  private ServerRun() {}

  /**
   * Runs a server if the words after {@code run} are as they should be.
   *
   * @return the exit code; null if nothing was run, since the words need to be explained
   */
  public static @Nullable Integer plain(List<String> words) {
    RunWords plain = RunWords.plain(words);
    if (plain == null) {
      return null;
    }
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    try {
      return run(plain, System.in, OwnStdout.take(), err);
    } catch (WrongServerException e) {
      err.println("governor run: " + e.getMessage());
      return WrongServerException.EXIT_CODE;
    }
  }

  /**
   * Runs a server until it or its client ends.
   *
   * @return the exit code
   * @throws WrongServerException if there is no server to run
   */
  static int run(RunWords words, InputStream in, OutputStream out, PrintWriter err) {
    try {
      Path written = words.file() == null ? DesktopProfile.file() : words.file();
      if (written != null && (words.file() != null || DesktopProfile.isWritten(written))) {
        return FileRun.of(written, words).run(in, out, err);
      }
      return DesktopRun.of(words, written).run(in, out, err);
    } catch (ConfigException e) {
      return failed(err, String.valueOf(e.getMessage()), BAD_CONFIGURATION);
    } catch (UpstreamException e) {
      return failed(err, e.reason() + " " + e.suggestion(), CANNOT_START);
    } catch (UncheckedIOException | IllegalStateException e) {
      return failed(err, String.valueOf(e.getMessage()), CANNOT_START);
    }
  }

  private static int failed(PrintWriter err, String message, int code) {
    err.println("governor run: " + message);
    err.flush();
    return code;
  }
}
