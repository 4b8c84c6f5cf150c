package io.mcpgovernor.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.gateway.http.Authenticator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A gateway with its admin listener, as a configuration starts it. */
final class AdminUnderTest implements AutoCloseable {
  static final String TOKEN = "a-token-of-the-administrators";

  final Gateway gateway;
  final Path file;
  private final HttpClient http = HttpClient.newHttpClient();

  private AdminUnderTest(Path file) throws IOException {
    this.file = file;
    this.gateway =
        Gateway.start(
            ConfigFile.read(file),
            credentials -> new Authenticator.Accepted(Principal.verified("alice")),
            line -> {});
  }

  /** Before a server over HTTP. */
  static AdminUnderTest before(ScriptedServer server, Path directory, String... more)
      throws IOException {
    Path token = Files.writeString(directory.resolve("token"), TOKEN);
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    Path file =
        Files.writeString(
            directory.resolve("governor.yaml"),
            GatewayUnderTest.yaml("{ url: \"" + server.uri() + "\" }", with(more)));
    return new AdminUnderTest(file);
  }

  private static String[] with(String... more) {
    return Stream.of(more).anyMatch(line -> line.startsWith("admin:"))
        ? more
        : Stream.concat(
                Stream.of("admin: { listen: \"127.0.0.1:0\", token: \"${file:token}\" }"),
                Stream.of(more))
            .toArray(String[]::new);
  }

  WireClient client() {
    return new WireClient(gateway.endpoints().getFirst());
  }

  URI address() {
    return Objects.requireNonNull(gateway.adminAddress());
  }

  /** Asks without a token. */
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(address().resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  /** Asks with the token. */
  HttpResponse<String> ask(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(address().resolve(path))
            .header("Authorization", "Bearer " + TOKEN)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  static Map<String, @Nullable Object> json(HttpResponse<String> answer) {
    return Json.text(answer.body()).object();
  }

  /** The lines of {@code /metrics} that begin so. */
  List<String> metrics(String prefix) throws IOException, InterruptedException {
    return get("/metrics").body().lines().filter(line -> line.startsWith(prefix)).toList();
  }

  @Override
  public void close() {
    gateway.close();
    http.close();
  }
}
