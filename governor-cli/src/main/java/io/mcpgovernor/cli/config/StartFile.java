package io.mcpgovernor.cli.config;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.pii.Sensitivity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/** The text of a configuration to start from: the same for all, but for what was chosen. */
final class StartFile {
  private static final String START = "start.yaml";
  private static final String NO_SERVERS = "servers: {}\n";
  private static final String NO_IDENTITY =
      """
      # identity:
      #   jwt: { issuer: "https://login.example", audience: "https://mcp.example" }
      """;
  private static final String MASKING = "masking:\n";
  private static final String USUAL_AUDIT = "  dir: audit               # beside this file\n";

  private static final String RECORDS = "# Where every call is on record.\n";

  private StartFile() {}

  static String text(StartChoices choices) throws IOException {
    String text;
    try (InputStream start = Objects.requireNonNull(StartFile.class.getResourceAsStream(START))) {
      text = new String(start.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (!choices.servers().isEmpty()) {
      StringBuilder servers = new StringBuilder("servers:\n");
      choices
          .servers()
          .forEach(
              (name, server) ->
                  servers.append("  " + name + ":\n    ").append(server.yaml()).append('\n'));
      text = replaced(text, NO_SERVERS, servers.toString());
    }
    String user = choices.user();
    String issuer = choices.issuer();
    if (user != null) {
      text = replaced(text, NO_IDENTITY, "identity:\n  everyone: { user: " + quoted(user) + " }\n");
    } else if (issuer != null) {
      text =
          replaced(
              text,
              NO_IDENTITY,
              "identity:\n  jwt: { issuer: "
                  + quoted(issuer)
                  + ", audience: "
                  + quoted(String.valueOf(choices.audience()))
                  + " }\n");
    }
    if (choices.masking() == Sensitivity.STRICT) {
      text =
          replaced(
              text, MASKING, MASKING + "  level: strict            # nothing of a value stays\n");
    }
    if (choices.audit().equals(StartChoices.AUDIT)) {
      return text;
    }
    return replaced(
        replaced(text, USUAL_AUDIT, "  dir: " + quoted(choices.audit()) + "\n"),
        RECORDS,
        pins(Path.of(choices.audit())) + RECORDS);
  }

  /** Whoever keeps records away from the file most likely cannot write beside it. */
  private static String pins(Path audit) {
    return audit.isAbsolute()
        ? "# Where definitions of tools are kept, as they were seen first or approved.\npins: "
            + quoted(audit.resolveSibling("pins.json").toString())
            + "\n\n"
        : "";
  }

  private static String replaced(String text, String part, String by) {
    if (!text.contains(part)) {
      throw new IllegalStateException(START + " has no " + part);
    }
    return text.replace(part, by);
  }

  private static String quoted(String text) {
    return new String(Json.of(text).utf8(), StandardCharsets.UTF_8);
  }
}
