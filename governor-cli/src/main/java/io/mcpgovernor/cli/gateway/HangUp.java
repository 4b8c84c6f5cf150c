package io.mcpgovernor.cli.gateway;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done on SIGHUP, by which administrators and supervisors have programs read their
 * configuration again.
 *
 * <p>Java has no public name for signals, so the one of {@code jdk.unsupported} is looked up: where
 * it is missing, or the system has no such signal, nothing listens for it, and the log says so.
 */
final class HangUp {
  private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);
  private static final String SIGNAL = "sun.misc.Signal";
  private static final String HANDLER = "sun.misc.SignalHandler";

  private HangUp() {}

  /**
   * Does something on each SIGHUP, on a thread of the JVM's own.
   *
   * @param problems takes the message of what it throws
   */
  @SuppressWarnings("ReferenceEquality") // what a proxy is equal to is itself
  static void does(Runnable task, Consumer<String> problems) {
    try {
      Class<?> signal = Class.forName(SIGNAL);
      Class<?> handler = Class.forName(HANDLER);
      Object listens =
          Proxy.newProxyInstance(
              HangUp.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      run(task, problems);
                      yield null;
                    }
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> arguments != null && proxy == arguments[0];
                    default -> HangUp.class.getName();
                  });
      Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
      signal.getMethod("handle", signal, handler).invoke(null, hangUp, listens);
    } catch (InvocationTargetException e) {
      LOG.info("SIGHUP is not listened for here; changes of the file are seen all the same");
    } catch (ReflectiveOperationException e) {
      LOG.info("This Java knows no signals; changes of the file are seen all the same");
    }
  }

  private static void run(Runnable task, Consumer<String> problems) {
    try {
      task.run();
    } catch (RuntimeException e) { // whatever is wrong, the process goes on as it was
      problems.accept(String.valueOf(e.getMessage()));
    }
  }
}
