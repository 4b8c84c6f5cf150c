package io.mcpgovernor.pii.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretValueTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "hunter2",
        "changeme",
        "password",
        "1234",
        "1111",
        " s3cret ",
        "\"s3cret\"",
        "p@ss:w0rd!",
        "Bearer abc123",
        "Basic dXNlcjpwYXNz",
        "correct-horse",
        "pässwort",
        "$2b$10$abcdefgh",
        "{x",
        "Pa$$w0rd",
        "$ecret",
        "yourmother",
        "-x-",
      })
  void whatPeopleUseAsSecretsIsOne(String value) {
    assertThat(isSecret(value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "***",
        "********",
        "xxxx",
        "...",
        "-",
        "null",
        "NULL",
        "None",
        "true",
        "false",
        "undefined",
        "N/A",
        "<password>",
        "${DB_PASSWORD}",
        "{{ secret }}",
        "{{secret}}",
        "%PASSWORD%",
        "$DB_PASSWORD",
        "[EMAIL]",
        "[redacted]",
        "redacted",
        "your-api-key",
        "YOUR_API_KEY_HERE",
        "must be changed every month",
        "the password of the user",
        "123",
        "7",
        "{",
        "[]",
        "},",
        "\"\"",
        "string",
        "required",
        "Bearer <token>",
        "Bearer of bad news",
      })
  void placeholdersAndDescriptionsAreNone(String value) {
    assertThat(isSecret(value)).isFalse();
  }

  @Test
  void aDocumentIsNoSecret() {
    assertThat(isSecret("aB3".repeat(1_000))).isTrue();
    assertThat(isSecret("aB3".repeat(2_000))).isFalse();
  }

  private static boolean isSecret(String value) {
    byte[] text = ("\"" + value + "\"").getBytes(UTF_8);
    return SecretValue.isSecret(text, 1, text.length - 1);
  }
}
