package io.mcpgovernor.gateway.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The description of all that the admin listener does. */
final class OpenApi {
  private static final String NAME = "openapi.json";

  private OpenApi() {}

  static Reply reply() {
    return Reply.of("application/json", document());
  }

  static byte[] document() {
    try (InputStream in = OpenApi.class.getResourceAsStream(NAME)) {
      if (in == null) {
        throw new IllegalStateException(NAME + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
