package io.mcpgovernor.cli.policy;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.cli.audit.Moment;
import io.mcpgovernor.config.check.CallQuestion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which call is meant: who calls what, with what, and when. */
final class CallOptions {
  private static final int BYTES_MAX = 16 << 20;

  @Option(names = "--user", paramLabel = "NAME", description = "Who calls; nobody unless told.")
  private @Nullable String user;

  @Option(
      names = "--issuer",
      paramLabel = "URL",
      description =
          "Who vouches for the user; the issuer of identity.jwt unless told, or local without one.")
  private @Nullable String issuer;

  @Option(
      names = "--tenant",
      paramLabel = "TENANT",
      description =
          "A tenant that the user's token brings, again for another. Grants come from the"
              + " configuration; the tenant that is asked for is an argument.")
  private List<String> tenants = new ArrayList<>();

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "A role that the user's token brings, again for another.")
  private List<String> roles = new ArrayList<>();

  @Option(
      names = "--claims",
      paramLabel = "JSON",
      description = "What the user's token says besides: a JSON object, @FILE, or - for the input.")
  private @Nullable String claims;

  @Option(
      names = "--tool",
      paramLabel = "TOOL",
      description = "The tool, as server.tool, or its name alone where one server has it.")
  private @Nullable String tool;

  @Option(
      names = "--args",
      paramLabel = "JSON",
      defaultValue = "{}",
      description = "The arguments: a JSON object, @FILE, or - for the input; {} unless told.")
  private String arguments = "{}";

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = Moment.class,
      description = "When: 2026-11-28T09:00:00Z, or 2h ago; now unless told.")
  private @Nullable Instant at;

  /**
   * The question.
   *
   * @throws IllegalArgumentException if something is missing or cannot be read
   */
  CallQuestion question() {
    if (tool == null) {
      throw new IllegalArgumentException("--tool says which tool is called");
    }
    if ("-".equals(claims) && arguments.equals("-")) {
      throw new IllegalArgumentException("the input holds --claims or --args, not both");
    }
    return new CallQuestion(
        user,
        issuer,
        Set.copyOf(tenants),
        Set.copyOf(roles),
        claims == null ? Map.of() : claims(json("--claims", claims)),
        tool,
        json("--args", arguments),
        at);
  }

  /** Whether a tool was named. */
  boolean isAsked() {
    return tool != null;
  }

  private static Map<String, Object> claims(Json written) {
    Map<String, Object> claims = new LinkedHashMap<>();
    written
        .object()
        .forEach(
            (name, value) -> {
              if (value != null) {
                claims.put(name, value);
              }
            });
    return claims;
  }

  private static Json json(String option, String written) {
    try {
      Json json =
          written.equals("-") || written.startsWith("@") ? read(written) : Json.text(written);
      json.object();
      return json;
    } catch (IOException e) {
      throw new IllegalArgumentException(option + " " + written + " cannot be read: " + e, e);
    } catch (MalformedJsonException e) {
      throw new IllegalArgumentException(
          option + " takes a JSON object, @FILE or -; what is there " + e.getMessage(), e);
    }
  }

  private static Json read(String written) throws IOException {
    byte[] bytes;
    if (written.equals("-")) {
      bytes = System.in.readNBytes(BYTES_MAX + 1);
    } else {
      try (InputStream in = Files.newInputStream(Path.of(written.substring(1)))) {
        bytes = in.readNBytes(BYTES_MAX + 1);
      }
    }
    if (bytes.length > BYTES_MAX) {
      throw new IOException("it has more than 16 MiB");
    }
    return Json.utf8(bytes);
  }
}
