package io.mcpgovernor.pii.token;

import static io.mcpgovernor.pii.token.Slices.found;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class JwtTest {
  private static final String HEADER = part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
  private static final String CLAIMS = part("{\"sub\":\"1234567890\",\"name\":\"J\"}");
  private static final String SIGNATURE = "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c";

  @Test
  void signedUnsignedDetachedAndCutTokensAreFound() {
    String unsigned = part("{\"alg\":\"none\"}") + "." + CLAIMS + ".";
    List<String> tokens =
        List.of(
            HEADER + "." + CLAIMS + "." + SIGNATURE,
            unsigned,
            HEADER + ".." + SIGNATURE,
            HEADER + "." + CLAIMS,
            part("{\"x5t#S256\" : \"a\"}") + "." + CLAIMS + "." + SIGNATURE);
    for (String token : tokens) {
      for (String after : List.of("", " ", "\"", "\\n")) {
        assertThat(found(Jwt::end, token + after)).isEqualTo(token);
      }
    }
  }

  @Test
  void encryptedTokensHaveFiveParts() {
    String header = part("{\"alg\":\"dir\",\"enc\":\"A128GCM\"}");
    String direct =
        header + "..48V1_ALb6US04U3b.5eym8TW_c8SuK0ltJ3rpYIzOeDQz7TALv.XFBoMYUZodetZdvT";
    assertThat(found(Jwt::end, direct)).isEqualTo(direct);
    String wrapped = header + ".UGhIOguC7Iu." + "48V1_ALb6US04U3b.5eym8TW_c8.XFBoMYUZ";
    assertThat(found(Jwt::end, wrapped + ". Next")).isEqualTo(wrapped);
  }

  @Test
  void otherBase64IsNoToken() {
    assertThat(found(Jwt::end, part("{\"page\":2,\"after\":\"2024\"}"))).isNull();
    assertThat(found(Jwt::end, HEADER + ".png")).isNull();
    assertThat(found(Jwt::end, part("[1,2,3]") + "." + CLAIMS + "." + SIGNATURE)).isNull();
    assertThat(found(Jwt::end, "eyJust.a.sentence")).isNull();
    assertThat(found(Jwt::end, "eyJ-eyJ-eyJ-eyJ-eyJ-eyJ-eyJ-.a.b")).isNull();
  }

  @Test
  void aCutAnywhereIsReadWithinItsSliceOnly() {
    byte[] text = (HEADER + "." + CLAIMS + "." + SIGNATURE).getBytes(UTF_8);
    for (int to = 0; to <= text.length; to++) {
      int end = Jwt.end(text, 0, to);
      assertThat(end == -1 || end <= to).isTrue();
    }
  }

  private static String part(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }
}
