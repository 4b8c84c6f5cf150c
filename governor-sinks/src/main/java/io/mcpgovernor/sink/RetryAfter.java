package io.mcpgovernor.sink;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header {@code Retry-After}: seconds, or a date.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-retry-after">RFC 9110, 10.2.3</a>
 */
final class RetryAfter {
  /** No receiver can silence a sink for longer. */
  static final Duration MAX = Duration.ofHours(1);

  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
  private static final int CHARS_MAX = 64;

  private RetryAfter() {}

  /** How long to wait, at most {@link #MAX}; null where the text is neither. */
  static @Nullable Duration of(String text, Instant now) {
    String stripped = text.strip();
    if (SECONDS.matcher(stripped).matches()) {
      return bounded(Duration.ofSeconds(Long.parseLong(stripped)));
    }
    if (stripped.length() > CHARS_MAX) {
      return null;
    }
    try {
      ZonedDateTime date = ZonedDateTime.parse(stripped, DateTimeFormatter.RFC_1123_DATE_TIME);
      return bounded(Duration.between(now, date.toInstant()));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Duration bounded(Duration wait) {
    return wait.isNegative() ? Duration.ZERO : wait.compareTo(MAX) > 0 ? MAX : wait;
  }
}
