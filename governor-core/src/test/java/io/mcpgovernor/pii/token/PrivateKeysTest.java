package io.mcpgovernor.pii.token;

import static io.mcpgovernor.pii.token.Slices.found;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeysTest {
  private static final String LINE =
      "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PRIVATE KEY",
        "RSA PRIVATE KEY",
        "EC PRIVATE KEY",
        "OPENSSH PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY",
        "PGP PRIVATE KEY BLOCK"
      })
  void everyKindOfKeyIsFoundWithEveryEndOfLine(String label) {
    for (String newline : List.of("\n", "\r\n", "\\n", "\\r\\n", "\\\\n", " ")) {
      String key = key(label, newline);
      for (String after : List.of("", "\n", "\"", "\\n\"", " and so on")) {
        assertThat(found(PrivateKeys::end, key + after)).isEqualTo(key);
      }
    }
  }

  @Test
  void headersBelongToTheKey() {
    String key =
        frame("BEGIN", "RSA PRIVATE KEY")
            + "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\n"
            + LINE
            + "\nshort==\n"
            + frame("END", "RSA PRIVATE KEY");
    assertThat(found(PrivateKeys::end, key + " after")).isEqualTo(key);
    String pgp =
        frame("BEGIN", "PGP PRIVATE KEY BLOCK")
            + "\nVersion: GnuPG v2.0 (GNU/Linux)\n\n"
            + LINE
            + "\nabcd\n=aBcD\n"
            + frame("END", "PGP PRIVATE KEY BLOCK");
    assertThat(found(PrivateKeys::end, pgp)).isEqualTo(pgp);
  }

  @Test
  void aKeyThatWasCutIsFoundToTheEndOfItsBase64() {
    String cut = frame("BEGIN", "PRIVATE KEY") + "\n" + LINE + "\n" + LINE;
    assertThat(found(PrivateKeys::end, cut)).isEqualTo(cut);
    assertThat(found(PrivateKeys::end, cut + "\nHello, this is prose")).isEqualTo(cut);
    assertThat(found(PrivateKeys::end, cut + "\nMIIE")).isEqualTo(cut + "\nMIIE");
    assertThat(found(PrivateKeys::end, cut + "...")).isEqualTo(cut);
  }

  @Test
  void whatHoldsNoPrivateKeyIsNone() {
    assertThat(found(PrivateKeys::end, key("PUBLIC KEY", "\n"))).isNull();
    assertThat(found(PrivateKeys::end, key("CERTIFICATE", "\n"))).isNull();
    assertThat(found(PrivateKeys::end, frame("BEGIN", "PRIVATE KEY"))).isNull();
    assertThat(found(PrivateKeys::end, frame("BEGIN", "PRIVATE KEY") + "\n***\n")).isNull();
    assertThat(found(PrivateKeys::end, frame("BEGIN", "PRIVATE KEY") + " is how it begins"))
        .isNull();
  }

  @Test
  void arbitraryBytesAndCutsAreReadWithinTheirSliceOnly() {
    Random random = new Random(11);
    byte[] key = key("RSA PRIVATE KEY", "\\n").getBytes(UTF_8);
    for (int to = 0; to <= key.length; to++) {
      int end = PrivateKeys.end(key, 0, to);
      assertThat(end == -1 || end <= to).isTrue();
      byte[] text = key.clone();
      text[random.nextInt(text.length)] = (byte) random.nextInt(256);
      assertThat(PrivateKeys.end(text, 0, to)).isLessThanOrEqualTo(to);
    }
  }

  private static String key(String label, String newline) {
    return frame("BEGIN", label)
        + newline
        + LINE
        + newline
        + LINE
        + newline
        + "oKJKkj+/oI8="
        + newline
        + frame("END", label);
  }

  /** Put together here, so that no literal looks like a key. */
  private static String frame(String which, String label) {
    return "-----" + which + " " + label + "-----";
  }
}
