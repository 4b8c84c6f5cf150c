package io.mcpgovernor.pii.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlCredentialsTest {
  @ParameterizedTest
  @CsvSource({
    "postgres://user:pa55@db.example.com:5432/x, user:pa55",
    "see mongodb+srv://u:p%40ss@cluster0.example.net/?w=1, u:p%40ss",
    "redis://:secret@localhost:6379, :secret",
    "https://0123456789abcdef0123@github.com/o/r, 0123456789abcdef0123",
    "https://0123456789abcdef0123:@github.com/o/r, 0123456789abcdef0123:",
    "https:\\/\\/user:pw@host\\/path, user:pw",
    "jdbc:mysql://root:toor@[::1]/db, root:toor",
    "amqp://guest:guest@${HOST}/, guest:guest",
  })
  void whatStandsBeforeTheHostIsFound(String text, String credentials) {
    assertThat(found(text)).isEqualTo(credentials);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssh://git@github.com/o/r",
        "git@github.com:o/r",
        "https://medium.com/@user",
        "https://example.com/a:b@c",
        "mailto:john@example.com",
        "//user:pw@host",
        "://user:pw@host",
        "12://user:pw@host",
        "https://user:pw@",
        "https://user:***@host",
        "https://user:@host",
        "https://@host",
        "name: a@b",
        "https://user:<password>@host",
      })
  void whatIsNoCredentialIsNot(String text) {
    assertThat(found(text)).isNull();
  }

  @Test
  void nothingBeforeTheSliceCounts() {
    byte[] text = "https://user:pw@host".getBytes(UTF_8);
    assertThat(UrlCredentials.find(text, 15, 0, text.length)).isEqualTo(8L << 32 | 15);
    assertThat(UrlCredentials.find(text, 15, 5, text.length)).isEqualTo(-1);
    assertThat(UrlCredentials.find(text, 15, 0, 16)).isEqualTo(-1);
  }

  @Test
  void arbitraryBytesNeverThrow() {
    Random random = new Random(3);
    String signs = "a1:/@\\%.-é";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 24; i++) {
        text.append(signs.charAt(random.nextInt(signs.length())));
      }
      byte[] bytes = text.toString().getBytes(UTF_8);
      int at = random.nextInt(bytes.length);
      int low = random.nextInt(at + 1);
      long found = UrlCredentials.find(bytes, at, low, bytes.length);
      assertThat(found == -1 || (int) (found >>> 32) >= low && (int) found == at).isTrue();
    }
  }

  private static @Nullable String found(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    long found = UrlCredentials.find(bytes, text.lastIndexOf('@'), 0, bytes.length);
    return found == -1
        ? null
        : new String(bytes, (int) (found >>> 32), (int) found - (int) (found >>> 32), UTF_8);
  }
}
