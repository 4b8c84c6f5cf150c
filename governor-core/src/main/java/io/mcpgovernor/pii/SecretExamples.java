package io.mcpgovernor.pii;

import io.mcpgovernor.pii.token.ProviderKeys;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Made-up tokens and keys, put together when they are asked for, so that nothing that scans this
 * source takes them for a leak.
 */
final class SecretExamples {
  private static final int KEY_LINES = 3;
  private static final int LINE_BYTES = 48;

  private SecretExamples() {}

  /** A token without a signature that says nothing of anybody. */
  static String jwt() {
    return part("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + part("{\"sub\":\"nobody\"}") + ".";
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  /** A frame of a private key around bytes that are none. */
  static String privateKey() {
    StringBuilder key = new StringBuilder();
    String dashes = "-".repeat(5);
    String label = "PRIVATE" + " KEY";
    key.append(dashes).append("BEGIN ").append(label).append(dashes).append('\n');
    byte[] line = new byte[LINE_BYTES];
    for (int i = 0; i < KEY_LINES; i++) {
      for (int j = 0; j < LINE_BYTES; j++) {
        line[j] = (byte) (31 * i + 57 * j + 11);
      }
      key.append(Base64.getEncoder().encodeToString(line)).append('\n');
    }
    return key.append(dashes).append("END ").append(label).append(dashes).toString();
  }

  /** A key of the form of one provider. */
  static String apiKey() {
    return ProviderKeys.examples().get(0);
  }
}
