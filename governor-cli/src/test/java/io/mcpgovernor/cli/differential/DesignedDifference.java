package io.mcpgovernor.cli.differential;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All in which the doors differ, and why it has to be so. Each says exactly what each door does:
 * whatever differs in another way is a defect of one of them.
 */
enum DesignedDifference {
  /**
   * The SDK's server answers a call of a name that nobody registered by itself: the library never
   * hears of it, and has no record. The gateway denies and records it.
   */
  UNKNOWN_TOOL(
      pair ->
          !Names.FIXTURE.contains(pair.call().tool())
              && pair.library().kind().equals("error")
              && pair.library().records().isEmpty()
              && pair.gateway().isDenied("unknown_tool")
              && pair.gateway().records().size() == 1),

  /**
   * The arguments are no object. The SDK's server cannot read such a call, gives no answer to it,
   * and the library never hears of it. The gateway denies and records it.
   */
  ARGUMENTS_NO_OBJECT(
      pair ->
          Names.NO_OBJECT.contains(String.valueOf(pair.call().arguments()))
              && pair.library().kind().equals("HTTP 200")
              && pair.library().bytes().isEmpty()
              && pair.library().records().isEmpty()
              && pair.gateway().isDenied("schema")
              && pair.gateway().records().size() == 1),

  /**
   * A key stands twice in an object. The SDK takes the last of them. The gateway refuses the
   * message before it is a call: a server behind it might take the first.
   */
  KEY_TWICE(
      pair ->
          Names.KEY_TWICE.contains(String.valueOf(pair.call().arguments()))
              && pair.library().isDenied("schema")
              && pair.gateway().kind().equals("error")
              && pair.gateway().bytes().contains("-32600")
              && pair.gateway().records().isEmpty()),

  /**
   * A handler throws. The library is there, and what the client gets is its own: a denial that
   * quotes nothing. The gateway sees what the server made of it, an error of the protocol like any
   * other, and passes it on masked. Both have it on record as an error of the tool.
   */
  THROWN(
      pair ->
          Set.of("crashes", "errors").contains(pair.call().tool())
              && pair.isAttemptSame()
              && pair.library().isDenied("tool_error")
              && pair.gateway().kind().equals("error")
              && !pair.gateway().bytes().contains("@example")
              && "tool_error".equals(pair.gateway().recorded("code"))
              && "yes".equals(pair.gateway().recorded("executed"))),

  /**
   * A result breaks what its tool promises. The library checks it before the SDK does and withholds
   * it. From behind the gateway comes what the SDK made of it: a result that says it is an error.
   */
  BROKEN_PROMISE(
      pair ->
          pair.call().tool().equals("breaks_promise")
              && pair.isAttemptSame()
              && pair.library().isDenied("masking_failed")
              && pair.gateway().kind().equals("result")
              && Boolean.TRUE.equals(pair.gateway().body().get("isError"))
              && pair.gateway().denial() == null
              && "tool_error".equals(pair.gateway().recorded("code"))),

  /**
   * The SDK's types hold numbers, and not how they were written; the gateway leaves them as they
   * came. They are the same numbers.
   */
  NUMBERS_AS_WRITTEN(Pair::isSameByValue);

  private final Predicate<Pair> explains;

  DesignedDifference(Predicate<Pair> explains) {
    this.explains = explains;
  }

  /** Which one it is; empty if it is none that is meant to be. */
  static Optional<DesignedDifference> of(Pair pair) {
    return Arrays.stream(values()).filter(one -> one.explains.test(pair)).findFirst();
  }

  /** Apart, because constants of an enum are made before its other fields. */
  private static final class Names {
    static final Set<String> NO_OBJECT = Set.copyOf(CallGenerator.NO_OBJECT);
    static final Set<String> KEY_TWICE = Set.copyOf(CallGenerator.KEY_TWICE);
    static final Set<String> FIXTURE =
        Arrays.stream(FixtureTool.values())
            .map(FixtureTool::toolName)
            .collect(Collectors.toUnmodifiableSet());
  }
}
