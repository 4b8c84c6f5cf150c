package io.mcpgovernor;

import java.nio.file.Path;

/**
 * Reads configuration files for {@link Governor#fromConfig}. Found by {@link
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
  GovernorBuilder read(Path file);
}
