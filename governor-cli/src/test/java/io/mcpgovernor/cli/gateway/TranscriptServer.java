package io.mcpgovernor.cli.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server over stdio that plays its part of a transcript, and keeps what it was sent. */
final class TranscriptServer {
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*(\"[^\"]*\"|-?\\d+)");
  private static final String LIST = "\"tools/list\"";

  private final Transcript transcript;
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private TranscriptServer(Transcript transcript) {
    this.transcript = transcript;
  }

  static List<String> command(Path transcript, Path received) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx64m",
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-cp",
        System.getProperty("java.class.path"),
        TranscriptServer.class.getName(),
        transcript.toString(),
        received.toString());
  }

  /**
   * Runs until standard input ends.
   *
   * @param arguments the transcript, and the file to which each line that was sent is appended
   */
  public static void main(String[] arguments) throws IOException {
    TranscriptServer server = new TranscriptServer(Transcript.read(Path.of(arguments[0])));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Files.writeString(
          Path.of(arguments[1]), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      server.answer(line);
    }
  }

  private void answer(String line) {
    Optional<Transcript.Exchange> recorded =
        transcript.exchanges().stream().filter(one -> one.sent().equals(line)).findFirst();
    if (recorded.isPresent()) {
      recorded.get().said().forEach(out::println);
    } else if (line.contains(LIST)) {
      // Not of the client: the gateway wants to know the tools itself.
      answerWithTools(line);
    }
  }

  private void answerWithTools(String line) {
    Matcher id = ID.matcher(line);
    if (!id.find()) {
      return;
    }
    transcript.exchanges().stream()
        .filter(one -> one.sent().contains(LIST))
        .findFirst()
        .ifPresent(
            one ->
                out.println(
                    ID.matcher(one.said().getFirst())
                        .replaceFirst(Matcher.quoteReplacement("\"id\":" + id.group(1)))));
  }
}
