package io.mcpgovernor.cli.differential;

import io.mcpgovernor.call.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** JSON as text, which {@link Json} shows nobody by accident. */
final class JsonText {
  private JsonText() {}

  /** A value's own bytes. */
  static String of(Json value) {
    return new String(value.utf8(), StandardCharsets.UTF_8);
  }

  /** A tree, written. */
  static String of(@Nullable Object tree) {
    return of(Json.of(tree));
  }
}
