package io.mcpgovernor.cli.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code governor serve} as a process that is ended, killed, or cannot start. */
@Timeout(300)
final class ServeProcessTest {
  private static final int CLIENTS = 4;

  @TempDir Path directory;
  private HttpServer server;
  private volatile Slow slow = () -> {};

  /** What a call of the tool waits for. */
  @FunctionalInterface
  private interface Slow {
    void await();
  }

  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/mcp",
        exchange -> {
          var message = Json.utf8(exchange.getRequestBody().readAllBytes()).object();
          String result =
              "tools/list".equals(message.get("method"))
                  ? "{\"tools\":[{\"name\":\"look\",\"inputSchema\":{\"type\":\"object\"}}]}"
                  : "{\"content\":[{\"type\":\"text\",\"text\":\"done\"}]}";
          if ("tools/call".equals(message.get("method"))) {
            slow.await();
          }
          String id = new String(Json.of(message.get("id")).utf8(), UTF_8);
          byte[] body =
              ("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}").getBytes(UTF_8);
          exchange.getResponseHeaders().set("content-type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
    server.stop(0);
  }

  private static List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private Process serve(String listen, String... more) throws IOException {
    Files.writeString(
        directory.resolve("governor.yaml"),
        "listen: "
            + listen
            + "\nservers: { crm: { url: \"http://127.0.0.1:"
            + server.getAddress().getPort()
            + "/mcp\" } }\n"
            + "identity: { everyone: { user: me } }\n"
            + "limits: { rate: 1000000/1h, concurrency: 64 }\n"
            + "audit: { dir: audit, durability: flush }\n"
            + String.join("\n", more));
    Process process =
        new ProcessBuilder(command("serve", "-f", directory.resolve("governor.yaml").toString()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    started.add(process);
    return process;
  }

  /** Its address, once it says it; the rest of what it says is read and dropped. */
  private static URI listening(Process process) throws IOException {
    BufferedReader err = new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8));
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      if (line.startsWith("listening ")) {
        Thread.startVirtualThread(() -> err.lines().forEach(rest -> {}));
        return URI.create(line.substring(10));
      }
    }
    throw new AssertionError("it ended before it listened");
  }

  /** What it says, line by line, until a line has a text; that line. */
  private static String said(BufferedReader err, String text) throws IOException {
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      if (line.contains(text)) {
        return line;
      }
    }
    throw new AssertionError("it ended before it said: " + text);
  }

  private static String get(URI admin, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(admin.resolve(path)).build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    }
  }

  private static void hangUp(Process process) throws Exception {
    assertThat(new ProcessBuilder("kill", "-HUP", String.valueOf(process.pid())).start().waitFor())
        .isZero();
  }

  private static String call(HttpClient client, URI gateway, String id) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(gateway)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
                            + "{\"name\":\"look\",\"arguments\":{\"call\":\""
                            + id
                            + "\"}}}"))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** Calls as fast as it can until the gateway is gone; gives the calls that were answered. */
  private Set<String> answeredUntilItEnds(Process process, URI gateway, Runnable ending)
      throws Exception {
    ConcurrentLinkedQueue<String> answered = new ConcurrentLinkedQueue<>();
    List<Thread> clients = new ArrayList<>();
    for (int c = 0; c < CLIENTS; c++) {
      String name = "c" + c + "-";
      clients.add(
          Thread.startVirtualThread(
              () -> {
                try (HttpClient client = HttpClient.newHttpClient()) {
                  for (int i = 0; process.isAlive(); i++) {
                    if (call(client, gateway, name + i + "-").contains("\"done\"")) {
                      answered.add(name + i + "-");
                    }
                  }
                } catch (Exception e) {
                  // The gateway is gone.
                }
              }));
    }
    while (answered.size() < 50) {
      Thread.sleep(5);
    }
    ending.run();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    for (Thread client : clients) {
      client.join();
    }
    return new HashSet<>(answered);
  }

  private String outcomes() throws IOException {
    StringBuilder log = new StringBuilder();
    try (Stream<Path> files = Files.list(directory.resolve("audit"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
        Files.readAllLines(file).stream()
            .filter(line -> line.contains("\"outcome\""))
            .forEach(line -> log.append(line).append('\n'));
      }
    }
    return log.toString();
  }

  private void everyAnsweredCallIsOnRecord(Set<String> answered) throws Exception {
    String outcomes = outcomes();
    assertThat(answered).hasSizeGreaterThanOrEqualTo(50).allMatch(outcomes::contains);
  }

  private int verify() throws Exception {
    Process verify =
        new ProcessBuilder(command("audit", "verify", directory.resolve("audit").toString()))
            .redirectErrorStream(true)
            .start();
    String said = new String(verify.getInputStream().readAllBytes(), UTF_8);
    int code = verify.waitFor();
    assertThat(said).isNotEmpty();
    return code;
  }

  @Test
  void aSignalUnderLoadLosesNoRecordOfAnAnsweredCall() throws Exception {
    Process gateway = serve("127.0.0.1:0");
    URI address = listening(gateway);

    Set<String> answered = answeredUntilItEnds(gateway, address, gateway::destroy);

    assertThat(gateway.exitValue()).isZero();
    everyAnsweredCallIsOnRecord(answered);
    assertThat(verify()).isZero();
  }

  @Test
  void afterAKillEveryAnsweredCallIsOnRecordAndTheNextStartIsFine() throws Exception {
    Process killed = serve("127.0.0.1:0");
    URI address = listening(killed);

    Set<String> answered = answeredUntilItEnds(killed, address, killed::destroyForcibly);

    everyAnsweredCallIsOnRecord(answered);
    Process next = serve("127.0.0.1:0");
    URI again = listening(next);
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(call(client, again, "after")).contains("\"done\"");
    }
    next.destroy();
    assertThat(next.waitFor()).isZero();
    assertThat(verify()).isZero();
  }

  @Test
  void aHangUpTakesTheFileOverAndABadOneLeavesWhatRan() throws Exception {
    Process gateway = serve("127.0.0.1:0", "admin: { listen: \"127.0.0.1:0\" }");
    BufferedReader err = new BufferedReader(new InputStreamReader(gateway.getErrorStream(), UTF_8));
    URI admin = URI.create(said(err, "admin ").substring(6));
    assertThat(get(admin, "/readyz")).startsWith("200 ");
    Path file = directory.resolve("governor.yaml");
    String first = get(admin, "/metrics").replaceAll("(?s).*config_info\\{version=\"|\"\\}.*", "");

    Files.writeString(file, Files.readString(file).replace("1000000/1h", "999/1h"));
    hangUp(gateway);
    assertThat(said(err, "taken over: policy version ")).doesNotContain(first);
    Files.writeString(file, Files.readString(file) + "\ntypo: 1\n");
    hangUp(gateway);

    assertThat(said(err, "what ran before goes on")).contains("typo");
    assertThat(get(admin, "/readyz")).startsWith("200 ").contains("\"warn\"");
    assertThat(gateway.isAlive()).isTrue();
    gateway.destroy();
    assertThat(gateway.waitFor()).isZero();
  }

  @Test
  void anAdminListenerThatOthersCanReachIsABadConfiguration() throws Exception {
    Process gateway = serve("127.0.0.1:0", "admin: { listen: \"0.0.0.0:0\" }");
    String said = new String(gateway.getErrorStream().readAllBytes(), UTF_8);

    assertThat(gateway.waitFor()).isEqualTo(4);
    assertThat(said).contains("admin.listen").contains("there is no TLS");
  }

  @Test
  void whileItEndsItIsNotReadyAndAnswersWhatRuns() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    slow =
        () -> {
          asked.countDown();
          try {
            answer.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    Process gateway = serve("127.0.0.1:0", "admin: { listen: \"127.0.0.1:0\" }");
    BufferedReader err = new BufferedReader(new InputStreamReader(gateway.getErrorStream(), UTF_8));
    URI address = URI.create(said(err, "listening ").substring(10));
    URI admin = URI.create(said(err, "admin ").substring(6));
    CompletableFuture<String> result = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try (HttpClient client = HttpClient.newHttpClient()) {
            result.complete(call(client, address, "last"));
          } catch (Exception e) {
            result.completeExceptionally(e);
          }
        });
    asked.await();
    gateway.destroy();
    while (!get(admin, "/readyz").startsWith("503 ")) {
      Thread.sleep(5);
    }
    assertThat(get(admin, "/readyz")).contains("shutting down");
    assertThat(get(admin, "/livez")).startsWith("200 ");

    answer.countDown();
    assertThat(result.get(60, TimeUnit.SECONDS)).contains("\"done\"");
    assertThat(gateway.waitFor()).isZero();
  }

  @Test
  void aPortThatIsTakenIsSaidInASentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process gateway = serve("127.0.0.1:" + taken.getLocalPort());
      String said = new String(gateway.getErrorStream().readAllBytes(), UTF_8);

      assertThat(gateway.waitFor()).isEqualTo(1);
      assertThat(said)
          .contains("The gateway cannot start:")
          .contains(String.valueOf(taken.getLocalPort()))
          .doesNotContain("\tat ");
    }
  }
}
