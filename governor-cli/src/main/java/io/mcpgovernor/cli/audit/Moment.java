package io.mcpgovernor.cli.audit;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times as people write them: {@code 2h} ago, or ISO 8601; without an offset, UTC. */
public final class Moment implements ITypeConverter<Instant> {
  private static final Pattern AGO = Pattern.compile("(\\d{1,9})([smhd])");

  /** Made by the command line. */
  public Moment() {}

  @Override
  public Instant convert(String text) {
    Matcher ago = AGO.matcher(text);
    try {
      if (ago.matches()) {
        long count = Long.parseLong(ago.group(1));
        return Instant.now()
            .minus(
                switch (ago.group(2)) {
                  case "s" -> Duration.ofSeconds(count);
                  case "m" -> Duration.ofMinutes(count);
                  case "h" -> Duration.ofHours(count);
                  default -> Duration.ofDays(count);
                });
      }
      Instant moment = iso(text);
      micros(moment);
      return moment;
    } catch (DateTimeException | ArithmeticException e) {
      throw new TypeConversionException(
          "'"
              + SafeText.of(text)
              + "' is no time: write 90s, 15m, 2h or 7d, or 2026-11-28 or 2026-11-28T09:00:00Z");
    }
  }

  private static Instant iso(String text) {
    if (!text.contains("T")) {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    boolean hasOffset = text.matches(".*(?:[zZ]|[+-]\\d\\d:\\d\\d)");
    return hasOffset
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  /** Microseconds since 1970. */
  public static long micros(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
  }

  /** A moment that many microseconds after 1970 began. */
  public static Instant of(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
  }

  /** The name of a constant as records write it. */
  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
