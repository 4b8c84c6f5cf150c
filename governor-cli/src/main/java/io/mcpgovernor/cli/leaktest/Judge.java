package io.mcpgovernor.cli.leaktest;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says what became of a canary, from everything a client received for its request. */
enum Judge {
  /** Only the mask of this project will do, exactly where the canary was. */
  OURS,
  /** Anything but the canary will do. */
  ANY;

  /**
   * The verdict on a case.
   *
   * @param messages everything received, as it came, the response last
   * @param isAnswered whether there was a response at all
   */
  Verdict on(LeakCase leakCase, List<String> messages, boolean isAnswered) {
    for (String message : messages) {
      if (Leaks.areIn(message, leakCase.canary())) {
        return Verdict.LEAK;
      }
    }
    if (!isAnswered) {
      return Verdict.ERROR;
    }
    Map<String, @Nullable Object> response =
        WireJson.object(WireJson.read(messages.get(messages.size() - 1)));
    Map<String, @Nullable Object> result = WireJson.object(response.get("result"));
    boolean isFailed = response.containsKey("error") || Boolean.TRUE.equals(result.get("isError"));
    Carrier carrier = leakCase.carrier();
    if (carrier.isFailure()) {
      return isFailed ? Verdict.MASKED : Verdict.BROKEN;
    }
    if (response.containsKey("error") || (isFailed && carrier != Carrier.ERROR_TEXT)) {
      return Verdict.ERROR;
    }
    Reply expected = this == OURS ? leakCase.masked() : leakCase.withHole();
    Likeness likeness = new Likeness(leakCase.encoding().disguises());
    boolean isLike = likeness.of(wire(expected.body()), result);
    String notification = carrier.notification();
    if (isLike && notification != null) {
      Object awaited = wire(Objects.requireNonNull(expected.notification()));
      isLike =
          messages.stream()
              .map(message -> WireJson.object(WireJson.read(message)))
              .filter(message -> notification.equals(message.get("method")))
              .anyMatch(message -> likeness.of(awaited, message.get("params")));
    }
    return isLike ? Verdict.MASKED : Verdict.BROKEN;
  }

  /** As it arrives: without what only says how to write it. */
  private static @Nullable Object wire(Map<String, @Nullable Object> tree) {
    return WireJson.read(WireJson.write(tree));
  }
}
