package io.mcpgovernor.policy;

import io.mcpgovernor.call.ToolCall;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A rule about calls. Thread-safe; asked on the caller's thread, so it must not block: a policy
 * that has to ask elsewhere returns a stage and completes it later. A policy that throws, completes
 * exceptionally or does not answer in time denies the call ({@code policy_error}).
 */
@FunctionalInterface
public interface Policy {
  /** Decides about one call. */
  CompletionStage<Decision> decide(ToolCall call);

  /**
   * Whether answers may be kept for five minutes. Only for a policy that is costly and pure: its
   * answer follows from user, roles, tenant, tool, arguments and grants alone, never from the
   * clock, a counter or the outside.
   */
  default boolean isCacheable() {
    return false;
  }

  /** A policy that answers at once. */
  static Policy of(Function<ToolCall, Decision> rule) {
    return call -> CompletableFuture.completedFuture(rule.apply(call));
  }

  /** A policy that answers at once and whose answers may be kept (see {@link #isCacheable()}). */
  static Policy cacheable(Function<ToolCall, Decision> rule) {
    return new Policy() {
      @Override
      public CompletionStage<Decision> decide(ToolCall call) {
        return CompletableFuture.completedFuture(rule.apply(call));
      }

      @Override
      public boolean isCacheable() {
        return true;
      }
    };
  }
}
