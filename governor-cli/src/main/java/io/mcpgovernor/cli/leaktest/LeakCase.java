package io.mcpgovernor.cli.leaktest;

import static io.mcpgovernor.cli.leaktest.Carrier.object;

import io.mcpgovernor.pii.Kind;
import io.mcpgovernor.pii.Kinds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One question to the fixture: a canary, written in some way, in some place.
 *
 * @param number which of its kind's canaries it is
 */
record LeakCase(Carrier carrier, Encoding encoding, Canary canary, int number, long seed) {
  /** The prefix of the fixture's tools, by which a client finds them behind a gateway. */
  static final String TOOL = "leak_";

  static final String RESOURCE = "leak://";
  static final String PROMPT = "leak_prompt";

  /** Where anything may stand, as long as something does. */
  static final String HOLE = "\ue003";

  /** How many of the possible cases. */
  enum Extent {
    /** Every carrier in plain, every encoding in text and in structured content. */
    USUAL,
    /** Every encoding in every carrier. */
    FULL
  }

  static List<LeakCase> all(Collection<Kind> kinds, long seed, Extent extent) {
    List<LeakCase> cases = new ArrayList<>();
    for (Carrier carrier : Carrier.values()) {
      boolean every =
          extent == Extent.FULL || carrier == Carrier.TEXT || carrier == Carrier.STRUCTURED;
      for (Encoding encoding : Encoding.values()) {
        if (every || encoding == Encoding.PLAIN) {
          for (Kind kind : kinds) {
            List<Canary> canaries = Canaries.of(kind, seed);
            for (int i = 0; i < canaries.size(); i++) {
              if (carrier.takes(encoding, canaries.get(i))) {
                cases.add(new LeakCase(carrier, encoding, canaries.get(i), i, seed));
              }
            }
          }
        }
      }
    }
    return cases;
  }

  /** The case behind a carrier's name and {@link #name()}; empty if there is none. */
  static Optional<LeakCase> named(String carrier, String name) {
    try {
      String[] parts = name.split("/", -1);
      Carrier where = Carrier.valueOf(carrier.toUpperCase(Locale.ROOT));
      Encoding how = Encoding.valueOf(parts[2].toUpperCase(Locale.ROOT));
      int number = Integer.parseInt(parts[1]);
      long seed = Long.parseLong(parts[3]);
      return Kinds.named(parts[0])
          .map(kind -> new LeakCase(where, how, Canaries.of(kind, seed).get(number), number, seed));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** Says everything but the carrier: {@code email/0/plain/1}. */
  String name() {
    return "%s/%d/%s/%d".formatted(canary.kind().name(), number, encoding.shown(), seed);
  }

  String method() {
    return switch (carrier.door()) {
      case TOOL -> "tools/call";
      case RESOURCE -> "resources/read";
      case PROMPT -> "prompts/get";
      case COMPLETION -> "completion/complete";
    };
  }

  /** The fixture's tool of a carrier. */
  static String tool(Carrier carrier) {
    return TOOL + carrier.shown();
  }

  /**
   * What to ask with.
   *
   * @param tool what the tool is called behind a gateway
   * @param id of the request, which serves as progress token too
   */
  Map<String, @Nullable Object> params(String tool, long id) {
    return switch (carrier.door()) {
      case TOOL -> {
        Map<String, @Nullable Object> params =
            object("name", tool, "arguments", object("value", name()));
        if (carrier == Carrier.PROGRESS) {
          params.put("_meta", object("progressToken", id));
        }
        yield params;
      }
      case RESOURCE -> object("uri", RESOURCE + carrier.shown() + "/" + name());
      case PROMPT -> object("name", PROMPT, "arguments", object("value", name()));
      case COMPLETION ->
          object(
              "ref",
              object("type", "ref/prompt", "name", PROMPT),
              "argument",
              object("name", "value", "value", name()));
    };
  }

  /** What the fixture answers. */
  Reply reply() {
    return carrier == Carrier.NUMBER
        ? Carrier.number(canary, Long.valueOf(canary.digits()))
        : carrier.reply(encoding.write(canary));
  }

  /** What this project's masking makes of it. */
  Reply masked() {
    if (carrier == Carrier.NUMBER) {
      return Carrier.number(canary, canary.with(canary.digits()).masked().secret());
    }
    // A handle may stand for a whole address.
    return carrier == Carrier.LINK_URI
        ? withHole()
        : carrier.reply(encoding.write(canary.masked()));
  }

  /** What it has to look like whoever masks: anything in the place of the text, the rest as is. */
  Reply withHole() {
    return carrier == Carrier.NUMBER ? Carrier.number(canary, HOLE) : carrier.reply(HOLE);
  }
}
