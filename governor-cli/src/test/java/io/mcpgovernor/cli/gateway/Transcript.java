package io.mcpgovernor.cli.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client and a server say to each other over stdio, line by line as it goes over the wire.
 *
 * @param exchanges what the client sends, each with what the server says to it
 */
record Transcript(List<Exchange> exchanges) {
  private static final String SENT = "> ";
  private static final String SAID = "< ";

  /**
   * A line of the client.
   *
   * @param said what the server says to it, nothing to most notifications
   */
  record Exchange(String sent, List<String> said) {}

  static Transcript read(Path file) throws IOException {
    List<Exchange> exchanges = new ArrayList<>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      if (line.startsWith(SENT)) {
        exchanges.add(new Exchange(line.substring(SENT.length()), new ArrayList<>()));
      } else if (line.startsWith(SAID)) {
        exchanges.getLast().said().add(line.substring(SAID.length()));
      } else {
        throw new IllegalArgumentException("neither sent nor said: " + line);
      }
    }
    return new Transcript(List.copyOf(exchanges));
  }

  List<String> sent() {
    return exchanges.stream().map(Exchange::sent).toList();
  }

  List<String> said() {
    return exchanges.stream().flatMap(exchange -> exchange.said().stream()).toList();
  }
}
