package io.mcpgovernor.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What means the same has the same version, and nothing else has. */
final class PolicyVersionTest {
  @TempDir private Path directory;

  private String version(String yaml) {
    return Page.read(directory, yaml).policyVersion();
  }

  @Test
  void itIsTwelveHexadecimalDigitsThatRecordsCanCarry() {
    assertThat(version(Page.completeExample())).matches("[0-9a-f]{12}");
  }

  @Test
  void commentsOrderOfKeysWritingAndDefaultsDoNotMatter() {
    String version = version("limits: {rate: 5/1h, by: [user, tool]}\nshadow: [rls]\n");

    assertThat(version("# why\nshadow: [rls]\nlimits:\n  by: [tool, user]\n  rate: '5/1h'\n"))
        .isEqualTo(version);
    assertThat(version("limits: {rate: 5/60m, by: [user, tool], timeout: 60000ms}\nshadow: [rls]"))
        .isEqualTo(version);
    assertThat(version("limits: {rate: 6/1h, by: [user, tool]}\nshadow: [rls]\n"))
        .isNotEqualTo(version);
  }

  @Test
  void theOrderOfRulesMatters() {
    String one = "{name: one, hide: {}}";
    String two = "{name: two, hide: {}}";

    assertThat(version("rules: [" + one + "," + two + "]"))
        .isNotEqualTo(version("rules: [" + two + "," + one + "]"));
  }

  @Test
  void secretsCountByReference() {
    Map<String, String> environment = new HashMap<>(Map.of("A", "one", "B", "one"));
    Path file = Page.write(directory, "admin: {token: '${env:A}'}");
    String version = ConfigFile.read(file, environment::get).policyVersion();
    environment.put("A", "another");

    assertThat(ConfigFile.read(file, environment::get).policyVersion()).isEqualTo(version);
    Page.write(directory, "admin: {token: '${env:B}'}");
    assertThat(ConfigFile.read(file, environment::get).policyVersion()).isNotEqualTo(version);
  }

  @Test
  void itIsTheSameInEveryDirectoryAndLanguage() throws IOException {
    String version = version("limits: {result_bytes: 12MiB}\naudit: {dir: audit}");
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
      assertThat(Page.read(elsewhere, "limits: {result_bytes: 12MiB}").policyVersion())
          .isEqualTo(version);
    } finally {
      Locale.setDefault(before);
    }
  }
}
