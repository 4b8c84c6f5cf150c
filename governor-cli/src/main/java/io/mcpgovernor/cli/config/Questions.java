package io.mcpgovernor.cli.config;

import io.mcpgovernor.cli.gateway.ServerName;
import io.mcpgovernor.pii.Sensitivity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Asks for what a first configuration shall say. An empty answer takes what stands in brackets, and
 * so does the end of the input; a wrong one is asked for again, some times.
 */
final class Questions {
  private static final int TRIES_MAX = 5;

  private final BufferedReader in;
  private final PrintWriter out;

  Questions(BufferedReader in, PrintWriter out) {
    this.in = in;
    this.out = out;
  }

  /**
   * Asks.
   *
   * @throws IllegalArgumentException if an answer stays wrong
   */
  StartChoices ask() {
    Map<String, StartServer> servers = servers();
    out.println("Who calls?");
    out.println("  me      whoever reaches it on this machine is you");
    out.println("  tokens  people and programs show a JSON Web Token");
    out.println("  later   nobody, until the file says who");
    String who = ask("Who calls", "me", answer -> oneOf(answer, "me", "tokens", "later"));
    String user = null;
    String issuer = null;
    String audience = null;
    if (who.equals("me")) {
      String own = System.getProperty("user.name", "").replaceAll("\\s+", ".");
      user = ask("Your name in the records", own.isEmpty() ? "me" : own, Questions::oneWord);
    } else if (who.equals("tokens")) {
      issuer = ask("Who signs the tokens (an https address)", "", Questions::address);
      audience = ask("For whom tokens have to be: this gateway's own address", "", Questions::some);
    }
    String audit = ask("Where records go (a directory)", StartChoices.AUDIT, answer -> answer);
    String masking =
        ask(
            "What stays readable of a masked value: standard (as ***@***.com) or strict (nothing)",
            "standard",
            answer -> oneOf(answer, "standard", "strict"));
    return new StartChoices(
        servers,
        user,
        issuer,
        audience,
        audit,
        masking.equals("strict") ? Sensitivity.STRICT : Sensitivity.STANDARD);
  }

  private Map<String, StartServer> servers() {
    Map<String, StartServer> servers = new LinkedHashMap<>();
    while (true) {
      String more = servers.isEmpty() ? "An MCP server" : "Another one";
      String text =
          ask(
              more + ": its command, or its https address",
              "none",
              answer -> {
                if (!answer.equals("none")) {
                  StartServer.read(answer); // or it is asked for again
                }
                return answer;
              });
      if (text.equals("none")) {
        return servers;
      }
      StartServer server = StartServer.read(text);
      String name =
          ask(
              "Its name",
              fresh(server.name(), servers),
              answer -> {
                if (!ServerName.isName(answer) || servers.containsKey(answer)) {
                  throw new IllegalArgumentException(
                      "a name of its own has 1 to 32 lower-case letters, digits and dashes");
                }
                return answer;
              });
      servers.put(name, server);
    }
  }

  private static String fresh(String name, Map<String, StartServer> servers) {
    String fresh = name;
    for (int i = 2; servers.containsKey(fresh); i++) {
      fresh = ServerName.fitting(name, "-" + i);
    }
    return fresh;
  }

  private String ask(String question, String usual, UnaryOperator<String> check) {
    for (int i = 0; i < TRIES_MAX; i++) {
      out.print(question + (usual.isEmpty() ? ": " : " [" + usual + "]: "));
      out.flush();
      String line = line();
      String answer = line == null || line.isBlank() ? usual : line.strip();
      try {
        return check.apply(answer);
      } catch (IllegalArgumentException e) {
        if (line == null) {
          throw e; // nobody is there to ask again
        }
        out.println(e.getMessage());
      }
    }
    throw new IllegalArgumentException("that was wrong too often; nothing is written");
  }

  private @Nullable String line() {
    try {
      return in.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String oneOf(String answer, String... words) {
    for (String word : words) {
      if (word.equals(answer)) {
        return answer;
      }
    }
    throw new IllegalArgumentException("say " + String.join(" or ", words));
  }

  private static String address(String answer) {
    if (!answer.matches("(?i)https?:.*") || URI.create(answer).getHost() == null) {
      throw new IllegalArgumentException("an address is like https://login.example");
    }
    return answer;
  }

  private static String oneWord(String answer) {
    if (answer.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException("a name here has no blanks");
    }
    return answer;
  }

  private static String some(String answer) {
    if (answer.isEmpty()) {
      throw new IllegalArgumentException("without it, tokens for others would be taken");
    }
    return answer;
  }
}
