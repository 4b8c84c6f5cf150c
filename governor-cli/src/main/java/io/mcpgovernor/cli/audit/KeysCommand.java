package io.mcpgovernor.cli.audit;

import io.mcpgovernor.audit.AuditKeys;
import io.mcpgovernor.audit.Durability;
import io.mcpgovernor.audit.JsonlAuditLog;
import io.mcpgovernor.call.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code governor audit keys}: the public keys of a log, to be handed to whoever verifies it. */
@Command(
    name = "keys",
    description = "Shows the public keys of an audit log, or makes it sign with a new one.",
    footer = {
      "",
      "Hand the key to whoever verifies the log, before they need it, and on a way that nobody",
      "who can write the log controls. Private keys are never shown.",
      "Exit codes: 0 ok, 1 cannot read or write, 2 wrong usage."
    },
    mixinStandardHelpOptions = true)
final class KeysCommand implements Callable<Integer> {
  @Option(
      names = "--rotate",
      description =
          "Makes a new key, signs with both once, and deletes the private half of the old one. No"
              + " process may have the log open.")
  private boolean rotate;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Parameters(
      paramLabel = "DIR",
      defaultValue = "audit",
      description = "The log; audit if not given.")
  private Path directory = Path.of("audit");

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      if (!Files.isDirectory(directory)) {
        throw new IOException("there is no audit log in " + directory);
      }
      AuditKeys keys = AuditKeys.read(AuditKeys.beside(directory)); // a new log is not begun here
      if (rotate) {
        rotate();
        keys = AuditKeys.read(AuditKeys.beside(directory));
      }
      show(keys);
      return 0;
    } catch (NoSuchFileException e) {
      err.println("keys: there is no " + e.getMessage());
    } catch (IOException | CompletionException e) {
      err.println("keys: " + e.getMessage());
    }
    return 1;
  }

  private void rotate() throws IOException {
    try (JsonlAuditLog log = JsonlAuditLog.open(directory, Durability.FSYNC)) {
      var _ = log.rotateKey().toCompletableFuture().join();
    }
  }

  private void show(AuditKeys keys) throws IOException {
    List<String> earlier = earlier(keys);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonWriter object = new JsonWriter(1_024);
      object
          .beginObject()
          .field("origin", keys.origin())
          .field("signs", keys.verifierKey())
          .name("earlier")
          .value((Object) earlier)
          .field("values_key", keys.valueKeyId())
          .endObject();
      out.println(new String(object.toByteArray(), StandardCharsets.UTF_8));
    } else {
      out.println("log      " + keys.origin());
      out.println("signs    " + keys.verifierKey());
      earlier.forEach(key -> out.println("earlier  " + key));
      out.println("values   " + keys.valueKeyId());
    }
    out.flush();
  }

  /** Public halves of keys that signed before. */
  private List<String> earlier(AuditKeys keys) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(AuditKeys.beside(directory))) {
      files = all.filter(file -> file.toString().endsWith(".pub")).sorted().toList();
    }
    List<String> earlier = new ArrayList<>();
    for (Path file : files) {
      String key = Files.readString(file).strip();
      if (!key.equals(keys.verifierKey())) {
        earlier.add(key);
      }
    }
    return earlier;
  }
}
