package io.mcpgovernor.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets are found by reference, and shown nowhere. */
final class SecretSourceTest {
  private static final String SECRET = "s3cr3t-value";

  @TempDir private Path directory;

  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void setVariable() {
    environment.put("TOKEN", SECRET);
  }

  private ConfigFile read(String bearer) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("governor.yaml"),
            "servers: {erp: {url: 'https://erp.example', bearer: " + bearer + "}}");
    return ConfigFile.read(file, environment::get);
  }

  private String problem(String bearer) {
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> read(bearer));
    assertThat(e).as(bearer).isNotNull();
    assertThat(e.problems()).hasSize(1);
    return e.problems().get(0).toString();
  }

  private Path secretFile(String content, String mode) throws IOException {
    Path file = Files.writeString(directory.resolve("token"), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static Secret bearer(ConfigFile file) {
    return file.config().servers().get("erp").bearer();
  }

  @Test
  void aVariableIsASecret() throws IOException {
    assertThat(bearer(read("'${env:TOKEN}'")).value()).isEqualTo(SECRET);
  }

  @Test
  void aFileBesideTheConfigurationIsASecretWithoutItsLastLineBreak() throws IOException {
    secretFile(SECRET + "\n", "rw-------");

    assertThat(bearer(read("'${file:token}'")).value()).isEqualTo(SECRET);
    assertThat(bearer(read("'${file:" + directory.resolve("token") + "}'")).value())
        .isEqualTo(SECRET);
  }

  @Test
  void whatIsNotThereIsAProblemWithAPlace() {
    environment.put("EMPTY", "");

    assertThat(problem("'${env:NO_SUCH}'"))
        .contains("governor.yaml:1:53 servers.erp.bearer: ")
        .contains("NO_SUCH is not set");
    assertThat(problem("'${env:EMPTY}'")).contains("EMPTY is empty");
    assertThat(problem("'${file:absent}'")).contains("there is no file");
    assertThat(problem("'${file:.}'")).contains("there is no file");
  }

  @Test
  void aFileThatOthersCanReadIsRefused() throws IOException {
    for (String mode : List.of("rw-r--r--", "rw----r--", "rw--w----", "rw-rw----")) {
      secretFile(SECRET, mode);
      assertThat(problem("'${file:token}'")).contains("chmod 600").doesNotContain(SECRET);
    }
    secretFile(SECRET, "r--------");
    assertThat(bearer(read("'${file:token}'")).value()).isEqualTo(SECRET);
  }

  @Test
  void filesThatHoldNoSecretAreRefused() throws IOException {
    secretFile("\n", "rw-------");
    assertThat(problem("'${file:token}'")).contains("is empty");
    secretFile("x".repeat(70_000), "rw-------");
    assertThat(problem("'${file:token}'")).contains("64 KiB");
    Files.write(directory.resolve("token"), new byte[] {(byte) 0xff, 'x'});
    assertThat(problem("'${file:token}'")).contains("is not UTF-8");
  }

  @Test
  void aSecretInTheFileItselfIsRefusedAndNotQuoted() {
    for (String literal : List.of(SECRET, "'" + SECRET + "'", "'Bearer ${env:TOKEN}'", "12345")) {
      assertThat(problem(literal))
          .contains("${env:NAME}")
          .doesNotContain(SECRET)
          .doesNotContain("12345");
    }
  }

  @Test
  void referencesWhereNoSecretIsMeantAreRefused() throws IOException {
    for (String key :
        List.of(
            "listen: '${env:TOKEN}'",
            "audit: {dir: '${env:TOKEN}'}",
            "disable: {rls: '${env:TOKEN}'}",
            "identity: {jwt: {issuer: '${env:TOKEN}', audience: x}}",
            "grants: {users: {'${env:TOKEN}': {}}}")) {
      Path file = Files.writeString(directory.resolve("governor.yaml"), key);

      assertThat(
              catchThrowableOfType(
                  ConfigException.class, () -> ConfigFile.read(file, environment::get)))
          .as(key)
          .isNotNull()
          .hasMessageContaining("references are for secrets only")
          .message()
          .doesNotContain(SECRET);
    }
  }

  @Test
  void nothingShowsASecret() throws IOException {
    ConfigFile file = read("'${env:TOKEN}'");

    assertThat(file.toString()).doesNotContain(SECRET);
    assertThat(file.config().toString()).doesNotContain(SECRET).contains("${env:TOKEN}");
    assertThat(String.valueOf(CanonicalConfig.tree(file.config())))
        .doesNotContain(SECRET)
        .contains("${env:TOKEN}");
  }

  @Test
  void valuesOfAServersEnvironmentMayStandThereAndAreNotShownEither() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("governor.yaml"),
            "servers: {crm: {command: [x], env: {A: plain-value, B: '${env:TOKEN}', C: ''}}}");
    GovernorConfig config = ConfigFile.read(file, environment::get).config();

    assertThat(config.servers().get("crm").env().get("A").value()).isEqualTo("plain-value");
    assertThat(config.servers().get("crm").env().get("B").value()).isEqualTo(SECRET);
    assertThat(config.toString()).doesNotContain("plain-value").doesNotContain(SECRET);
    assertThat(String.valueOf(CanonicalConfig.tree(config))).doesNotContain("plain-value");
  }
}
