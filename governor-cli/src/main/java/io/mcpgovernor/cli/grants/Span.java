package io.mcpgovernor.cli.grants;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time to come, by how far away it is: {@code 8h}. */
public final class Span implements ITypeConverter<Instant> {
  private static final Pattern SPAN = Pattern.compile("(\\d{1,9})([smhd])");

  /** Made by the command line. */
  public Span() {}

  @Override
  public Instant convert(String text) {
    Matcher span = SPAN.matcher(text);
    if (!span.matches()) {
      throw new TypeConversionException("write 90s, 15m, 8h or 7d");
    }
    long count = Long.parseLong(span.group(1));
    return Instant.now()
        .plus(
            switch (span.group(2)) {
              case "s" -> Duration.ofSeconds(count);
              case "m" -> Duration.ofMinutes(count);
              case "h" -> Duration.ofHours(count);
              default -> Duration.ofDays(count);
            });
  }
}
