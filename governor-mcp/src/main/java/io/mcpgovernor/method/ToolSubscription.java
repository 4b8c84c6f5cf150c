package io.mcpgovernor.method;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** How a tool's {@link Mono} is subscribed to, whatever made it. */
public final class ToolSubscription {
  private static final Logger LOG = LoggerFactory.getLogger(ToolSubscription.class);

  /** Where Reactor looks for whoever wants the errors that nobody takes any more. */
  private static final String HOOK = "reactor.onErrorDropped.local";

  private ToolSubscription() {}

  /**
   * Subscribes. To cancel the future cancels the subscription, on a thread of its own.
   *
   * <p>Once it is cancelled, an error is logged by its type. Reactor would log it with its message,
   * which may quote arguments or results.
   *
   * @param subscriber the context of whoever called
   * @return completes with null if the Mono is empty
   */
  public static <T> CompletableFuture<@Nullable T> start(Mono<T> answer, ContextView subscriber) {
    Consumer<Throwable> byType = ToolSubscription::log;
    return answer
        .contextWrite(Context.of(subscriber).put(HOOK, byType))
        // Cancelling runs code of the tool, and who cancels is the timer of everybody's time-outs.
        .cancelOn(Schedulers.boundedElastic())
        .toFuture();
  }

  private static void log(Throwable late) {
    LOG.warn("A tool failed when its time was already over: {}", late.getClass().getName());
  }
}
