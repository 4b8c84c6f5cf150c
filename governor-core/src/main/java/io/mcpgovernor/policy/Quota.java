package io.mcpgovernor.policy;

import io.mcpgovernor.call.ToolCall;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that runs out: calls an hour, calls at once. Thread-safe, and exact under any number of
 * threads: {@link #acquire} never gives more than there is.
 */
public interface Quota {
  /** What {@link #acquire} answers: a permit, or a denial. */
  sealed interface Acquired permits Permit, Decision.Deny {}

  /**
   * Looks whether a permit could be had, without taking it, so that a call that cannot succeed is
   * refused before the costly checks.
   */
  Decision peek(ToolCall call);

  /** Takes a permit, or says why there is none. */
  Acquired acquire(ToolCall call);

  /** A quota that takes what there is and denies nothing, for limits that only watch. */
  static Quota lenient(Quota quota) {
    return new Quota() {
      @Override
      public Decision peek(ToolCall call) {
        return quota.peek(call);
      }

      @Override
      public Acquired acquire(ToolCall call) {
        return quota.acquire(call) instanceof Permit permit
            ? permit
            : Permit.of(() -> {}, () -> {});
      }
    };
  }

  /** Takes a permit of each quota, or of none: what was taken before a denial is given back. */
  static Acquired acquireAll(List<? extends Quota> quotas, ToolCall call) {
    List<Permit> taken = new ArrayList<>(quotas.size());
    try {
      for (Quota quota : quotas) {
        Acquired acquired = quota.acquire(call);
        if (acquired instanceof Permit permit) {
          taken.add(permit);
        } else {
          taken.forEach(Permit::cancel);
          return acquired;
        }
      }
    } catch (RuntimeException | Error e) {
      taken.forEach(Permit::cancel);
      throw e;
    }
    return Permit.of(() -> taken.forEach(Permit::close), () -> taken.forEach(Permit::cancel));
  }
}
