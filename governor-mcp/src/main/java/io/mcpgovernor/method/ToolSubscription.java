package io.mcpgovernor.mcp;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * What becomes of the error of a tool whose time is already over. Reactor would log it with its
 * message, which may quote arguments or results; this logs its type.
 */
final class LateErrors {
  private static final Logger LOG = LoggerFactory.getLogger(LateErrors.class);

  /** Where Reactor looks for whoever wants the errors that nobody takes any more. */
  private static final String HOOK = "reactor.onErrorDropped.local";

  private LateErrors() {}

  /** The context of a subscriber, in which late errors are logged without their messages. */
  static ContextView unquoted(ContextView subscriber) {
    Consumer<Throwable> byType = LateErrors::log;
    return Context.of(subscriber).put(HOOK, byType);
  }

  private static void log(Throwable late) {
    LOG.warn("A tool failed when its time was already over: {}", late.getClass().getName());
  }
}
