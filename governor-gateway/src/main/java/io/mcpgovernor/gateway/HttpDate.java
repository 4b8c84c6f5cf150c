package io.mcpgovernor.gateway;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** A time as HTTP writes it (RFC 9110, section 5.6.7), in the form that all servers use today. */
final class HttpDate {
  private HttpDate() {}

  /** The time; null if there is none, or none that can be read. */
  static @Nullable Instant read(@Nullable String text) {
    try {
      return text == null
          ? null
          : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip()));
    } catch (DateTimeException e) {
      return null;
    }
  }
}
