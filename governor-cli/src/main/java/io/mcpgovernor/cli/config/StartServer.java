package io.mcpgovernor.cli.config;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.cli.gateway.ServerName;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A server as somebody names it: an address, or a command.
 *
 * @param isAddress whether it is reached over HTTP
 * @param words the address alone, or the command and its arguments
 */
record StartServer(boolean isAddress, List<String> words) {
  /**
   * Reads one. Words of a command have blanks between them, or quotes around them.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static StartServer read(String text) {
    if (!text.matches("(?i)https?:.*")) {
      return new StartServer(false, words(text));
    }
    try {
      if (new URI(text).getHost() != null) {
        return new StartServer(true, List.of(text));
      }
    } catch (URISyntaxException e) {
      // as below
    }
    throw new IllegalArgumentException("an address is like https://erp.example/mcp");
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean isWord = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0 ? c == quote : c == '"' || c == '\'') {
        quote = quote == 0 ? c : 0;
        isWord = true;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (isWord) {
          words.add(word.toString());
        }
        word.setLength(0);
        isWord = false;
      } else {
        word.append(c);
        isWord = true;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("a quote has no end");
    }
    if (isWord) {
      words.add(word.toString());
    }
    if (words.isEmpty() || words.getFirst().isEmpty()) {
      throw new IllegalArgumentException("say a command, or an address");
    }
    return words;
  }

  /** A name for it, if nobody says one. */
  String name() {
    if (!isAddress) {
      return ServerName.of(words);
    }
    String host = URI.create(words.getFirst()).getHost();
    return ServerName.fitting(
        host.matches("[0-9.]+|\\[.*") ? "server" : host.replaceFirst("\\..*", ""), "");
  }

  /** Its line in a file. */
  String yaml() {
    return isAddress
        ? "url: " + quoted(Json.of(words.getFirst()))
        : "command: " + quoted(Json.of(words)).replace("\",\"", "\", \"");
  }

  private static String quoted(Json json) {
    return new String(json.utf8(), StandardCharsets.UTF_8);
  }
}
