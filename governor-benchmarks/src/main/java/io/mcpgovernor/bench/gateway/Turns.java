package io.mcpgovernor.bench.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several targets measured in turn, a short time each, again and again, so that whatever else the
 * machine does slows all of them alike. Each round begins with another target.
 */
final class Turns {
  /** Takes a slice of one target. */
  @FunctionalInterface
  interface Turn<T, S> {
    S take(T target) throws IOException;
  }

  private Turns() {}

  /** So many rounds; what was measured of each target, in the order of the rounds. */
  static <T, S> Map<T, List<S>> take(List<T> targets, int rounds, Turn<T, S> turn)
      throws IOException {
    Map<T, List<S>> taken = new LinkedHashMap<>();
    targets.forEach(target -> taken.put(target, new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < targets.size(); i++) {
        T target = targets.get((round + i) % targets.size());
        taken.computeIfAbsent(target, each -> new ArrayList<>()).add(turn.take(target));
      }
    }
    return taken;
  }

  /** The slices of targets that are called by so many clients at once. */
  static Map<Target, List<Slice>> take(
      List<Target> targets, String protocol, Load load, GatewayScale scale) throws IOException {
    Map<Target, Clients> opened = new LinkedHashMap<>();
    try {
      for (Target target : targets) {
        opened.put(target, Clients.open(target, protocol, load.clients(), load.bytes()));
      }
      if (!scale.warmUp().isZero()) {
        take(targets, 1, target -> run(opened, target, scale.warmUp()));
      }
      return take(targets, scale.rounds(), target -> run(opened, target, scale.slice()));
    } finally {
      opened.values().forEach(Clients::close);
    }
  }

  private static Slice run(Map<Target, Clients> opened, Target target, Duration time)
      throws IOException {
    Clients clients = opened.get(target);
    if (clients == null) {
      throw new IllegalStateException("no clients of " + target.name());
    }
    return clients.run(time);
  }
}
