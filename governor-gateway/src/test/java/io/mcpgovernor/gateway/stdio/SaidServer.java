package io.mcpgovernor.gateway.stdio;

import io.mcpgovernor.call.Json;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A server that does what it is asked by name, so that each test says what it has to bear: {@code
 * echo} answers with the line it got, {@code say} writes lines as they are given and does not
 * answer, {@code log} writes to standard error, {@code exit} ends it, {@code silence} answers
 * never. {@code initialize} and {@code who} answer with its process id. Notifications are
 * remembered and told by {@code heard}.
 */
final class SaidServer {
  private SaidServer() {}

  /** The command that starts one. */
  static List<String> command(String... arguments) {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SaidServer.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  static ChildOptions options() {
    return new ChildOptions(
        ChildOptions.DEFAULT.bounds(),
        8,
        Duration.ofSeconds(20),
        Duration.ofSeconds(20),
        Duration.ofSeconds(5));
  }

  public static void main(String[] arguments) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out =
        new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
    if (arguments.length > 0) {
      System.exit(Integer.parseInt(arguments[0]));
    }
    StringBuilder heard = new StringBuilder();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Map<String, @Nullable Object> message = Json.text(line).object();
      Object method = message.get("method");
      if (message.get("id") == null || method == null) {
        heard.append(line).append(' ');
        continue;
      }
      String id = new String(Json.of(message.get("id")).utf8(), StandardCharsets.UTF_8);
      switch (method.toString()) {
        case "initialize", "who" ->
            out.println(result(id, "{\"pid\":" + ProcessHandle.current().pid() + "}"));
        case "say" -> texts(message).forEach(out::println);
        case "log" -> texts(message).forEach(System.err::println);
        case "heard" -> out.println(result(id, quoted(heard.toString())));
        case "exit" -> System.exit(3);
        case "silence" -> {}
        case "environment" -> out.println(result(id, quoted(System.getenv().toString())));
        default -> out.println(result(id, quoted(line)));
      }
    }
  }

  private static String result(String id, String text) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"value\":" + text + "}}";
  }

  private static String quoted(String text) {
    return new String(Json.of(text).utf8(), StandardCharsets.UTF_8);
  }

  private static List<String> texts(Map<String, @Nullable Object> message) {
    Map<?, ?> params = (Map<?, ?>) Objects.requireNonNull(message.get("params"));
    return ((List<?>) Objects.requireNonNull(params.get("lines")))
        .stream().map(String::valueOf).toList();
  }
}
