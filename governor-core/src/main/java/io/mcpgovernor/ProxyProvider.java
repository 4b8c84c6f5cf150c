package io.mcpgovernor;

import io.mcpgovernor.call.Principal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes governed Java interfaces for {@link Governor#proxy}. Found by {@link
 * java.util.ServiceLoader}, because reading JSON back into Java types takes a library that the
 * engine does not bring; {@code governor-mcp} has one.
 */
public interface ProxyProvider {
  /**
   * Makes a governed interface.
   *
   * @param caller says who calls, on the calling thread; null for nobody
   * @throws IllegalArgumentException if a method of the interface cannot be described
   */
  <T> T proxy(
      Governor governor,
      Class<T> api,
      T implementation,
      Supplier<? extends @Nullable Principal> caller);
}
