package io.mcpgovernor.verify;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code java -jar governor-verify.jar}: the verifier without anything else of the project. */
public final class Main {
  private static final String USAGE =
      """
      Usage: java -jar governor-verify.jar [OPTIONS] [DIR...]
      Proves that audit logs are whole, or names the first bad record.
        DIR                a log's directory, or one with logs below it (default: audit)
        --key PUB          a public key, a file or a directory of such; without it, the keys
                           beside each log show only that it is consistent
        --checkpoint FILE  checkpoints that were kept elsewhere; the logs have to match
        --proof FILE       checks a proof that a log holds a record, with --key
        --part             older files of the logs are elsewhere; do not ask for them
        --json             prints one JSON object
      Exit codes: 0 ok, 1 cannot read, 2 wrong usage, 5 verification failed.""";

  private final Deque<String> words;
  private final List<Path> directories = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();
  private final List<Path> checkpoints = new ArrayList<>();
  private @Nullable Path proof;
  private boolean json;
  private boolean part;

  private Main(List<String> words) {
    this.words = new ArrayDeque<>(words);
  }

  /** Verifies, and exits with 0 (ok), 1 (cannot read), 2 (wrong usage) or 5 (failed). */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), writer(FileDescriptor.out), writer(FileDescriptor.err)));
  }

  private static PrintWriter writer(FileDescriptor to) {
    return new PrintWriter(new FileOutputStream(to), false, StandardCharsets.UTF_8);
  }

  static int run(List<String> arguments, PrintWriter out, PrintWriter err) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      out.println(USAGE);
      out.flush();
      return VerifyRequest.EXIT_OK;
    }
    VerifyRequest request;
    try {
      request = new Main(arguments).request();
    } catch (IllegalArgumentException e) {
      err.println("verify: " + Printable.of(String.valueOf(e.getMessage())));
      err.println(USAGE);
      err.flush();
      return VerifyRequest.EXIT_USAGE;
    }
    return request.run(out, err);
  }

  private VerifyRequest request() {
    boolean onlyDirectories = false;
    while (!words.isEmpty()) {
      String word = words.remove();
      if (onlyDirectories || !word.startsWith("-")) {
        directories.add(path(word));
      } else if (word.equals("--")) {
        onlyDirectories = true;
      } else {
        option(word);
      }
    }
    return new VerifyRequest(directories, keys, checkpoints, proof, json, part);
  }

  private void option(String word) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    if (equals >= 0) {
      words.addFirst(word.substring(equals + 1));
    }
    switch (name) {
      case "--key" -> keys.add(value(name));
      case "--checkpoint" -> checkpoints.add(path(value(name)));
      case "--proof" -> proof = path(value(name));
      case "--json" -> json = flag(name, equals);
      case "--part" -> part = flag(name, equals);
      default -> throw new IllegalArgumentException("there is no option " + name);
    }
  }

  private static boolean flag(String name, int equals) {
    if (equals >= 0) {
      throw new IllegalArgumentException(name + " takes no value");
    }
    return true;
  }

  private String value(String name) {
    String value = words.poll();
    if (value == null) {
      throw new IllegalArgumentException(name + " needs a value");
    }
    return value;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(text + " cannot be the name of a file", e);
    }
  }
}
