package io.mcpgovernor;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads configuration files for {@link Governor#fromConfig(Path)}. Found by {@link
 * java.util.ServiceLoader}, because reading YAML takes a library that the engine does not bring;
 * {@code governor-config} has one.
 */
public interface ConfigProvider {
  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if anything is wrong with it; the message has every problem
   *     with line and column
   */
  Settings read(Path file);

  /** What a file said when it was read. */
  interface Settings {
    /** An engine's builder, filled. */
    GovernorBuilder builder();

    /**
     * Watches the file from now on.
     *
     * @param takeOver makes what it says next run; what it throws leaves what ran running
     */
    Following follow(Consumer<GovernorBuilder> takeOver);
  }

  /** A file that is watched. */
  interface Following extends AutoCloseable {
    /** Stops watching; what is being taken over is waited for, for some seconds at most. */
    @Override
    void close();
  }
}
