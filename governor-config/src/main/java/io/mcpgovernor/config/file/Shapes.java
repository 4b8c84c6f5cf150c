package io.mcpgovernor.config.file;

import io.mcpgovernor.call.Json;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The shape of each type that a component of a configuration may have. */
final class Shapes {
  private static final String NUMBER_MAX = "2147483647";
  private static final String CALLS_MAX = "1000000";
  private static final String HOST = "(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])";
  private static final String MOMENT =
      "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
          + "(?:T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?Z)?";
  private static final Map<Class<?>, RecordShape> RECORDS = new ConcurrentHashMap<>();

  private Shapes() {}

  /** The shape of a record. */
  static RecordShape of(Class<?> type) {
    RecordShape known = RECORDS.get(type);
    if (known == null) {
      known = new RecordShape(type); // not computeIfAbsent: its components may be records, too
      RECORDS.put(type, known);
    }
    return known;
  }

  static Shape of(Type type, Key key) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == Map.class) {
        return new MapShape(key.keys(), of(arguments[1], key), key.most(), key.example());
      }
      int least = key.min().equals("1") ? 1 : 0;
      ListShape list =
          new ListShape(of(arguments[0], key), least, key.most(), key.single(), key.example());
      if (generic.getRawType() == Set.class) {
        return new SetShape(list);
      }
      if (generic.getRawType() == List.class) {
        return list;
      }
    } else if (type instanceof Class<?> plain) {
      return of(plain, key);
    }
    throw new IllegalStateException("a configuration cannot have a " + type);
  }

  private static Shape of(Class<?> type, Key key) {
    if (type == String.class) {
      return new WordShape(key.form(), key.example(), (text, spot) -> text);
    } else if (type == PlacedText.class) {
      return new WordShape(key.form(), key.example(), PlacedText::new);
    } else if (type == Json.class) {
      return new JsonShape();
    } else if (type == Path.class) {
      return new WordShape(WordForm.PATH, key.example(), (text, spot) -> Path.of(text));
    } else if (type == URI.class) {
      WordForm url = WordForm.URL;
      return new WrittenShape(url.regex(), url.what(), url.example(), URI::create);
    } else if (type == int.class || type == Integer.class) {
      return new NumberShape(
          Integer.parseInt(key.min()),
          Integer.parseInt(key.max().isEmpty() ? NUMBER_MAX : key.max()),
          key.example());
    } else if (type == boolean.class || type == Boolean.class) {
      return new FlagShape();
    } else if (type == Secret.class) {
      return new SecretShape(key.literal());
    } else if (type.isEnum()) {
      return new ChoiceShape(type);
    } else if (type == Duration.class) {
      return amount(
          Unit.TIME, key, "a time", "60s", text -> Duration.ofMillis(Unit.TIME.amount(text)));
    } else if (type == ByteSize.class) {
      return amount(
          Unit.BYTES, key, "a size", "8MiB", text -> new ByteSize(Unit.BYTES.amount(text)));
    } else if (type == Rate.class) {
      return rate();
    } else if (type == Address.class) {
      return new WrittenShape(
          HOST + ":" + DigitRange.pattern(0, 65_535),
          "a host and a port with a colon between them",
          "127.0.0.1:8090",
          Shapes::address);
    } else if (type == Instant.class) {
      return new WrittenShape(
          MOMENT,
          "a day, which counts to its end, or a moment, both in UTC",
          "2027-01-31 or 2027-01-31T18:00Z",
          Shapes::moment);
    } else if (type.isRecord()) {
      return of(type);
    }
    throw new IllegalStateException("a configuration cannot have a " + type);
  }

  private static Shape amount(
      Unit unit, Key key, String what, String example, Function<String, Object> parser) {
    return new WrittenShape(
        unit.pattern(key.min(), key.max()),
        what
            + " from "
            + key.min()
            + " to "
            + key.max()
            + ", a whole number with a unit: "
            + unit.names(),
        key.example().isEmpty() ? example : key.example(),
        parser);
  }

  private static Shape rate() {
    return new WrittenShape(
        DigitRange.pattern(1, Long.parseLong(CALLS_MAX)) + "/" + Unit.TIME.pattern("1ms", "1d"),
        "a number of calls from 1 to 1,000,000, a slash and a time of at most a day",
        "100/1h",
        text -> {
          int slash = text.indexOf('/');
          return new Rate(
              Integer.parseInt(text.substring(0, slash)),
              Duration.ofMillis(Unit.TIME.amount(text.substring(slash + 1))));
        });
  }

  private static Address address(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, colon);
    return new Address(
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        Integer.parseInt(text.substring(colon + 1)));
  }

  private static Instant moment(String text) {
    if (text.indexOf('T') < 0) {
      return LocalDate.parse(text).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    return OffsetDateTime.parse(text).toInstant();
  }
}
