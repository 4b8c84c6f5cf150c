package io.mcpgovernor.config.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The page of the documentation about the configuration file. */
final class Page {
  static final Path DOCS = Path.of("..", "docs");

  /** The variables that its examples refer to. */
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "GOVERNOR_ADMIN_TOKEN", "s3cr3t-admin",
          "CRM_TOKEN", "s3cr3t-crm",
          "ERP_TOKEN", "s3cr3t-erp",
          "GOVERNOR_HASH_KEY", "s3cr3t-0123456789abcdef");

  private static final Pattern YAML = Pattern.compile("```yaml\\R(.*?)\\R```", Pattern.DOTALL);

  private Page() {}

  static String text() {
    try {
      return Files.readString(DOCS.resolve("configuration.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All its examples, the complete one first. */
  static List<String> examples() {
    return YAML.matcher(text()).results().map(example -> example.group(1)).toList();
  }

  static String completeExample() {
    return examples().get(0);
  }

  /** Writes a file, and beside it the one secret that examples refer to. */
  static Path write(Path directory, String yaml) {
    try {
      Path secrets = Files.createDirectories(directory.resolve("secrets"));
      Path secret = Files.writeString(secrets.resolve("erp-token"), "s3cr3t-erp\n");
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
      return Files.writeString(directory.resolve("governor.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ConfigFile read(Path directory, String yaml) {
    return ConfigFile.read(write(directory, yaml), ENVIRONMENT::get);
  }
}
