package io.mcpgovernor.config.file;

import io.mcpgovernor.ConfigProvider;
import io.mcpgovernor.GovernorBuilder;
import java.nio.file.Path;

/** How the engine reads a configuration file. */
public final class FileConfigProvider implements ConfigProvider {
  /** Made by {@link java.util.ServiceLoader}. */
  public FileConfigProvider() {}

  @Override
  public GovernorBuilder read(Path file) {
    return ConfigFile.read(file).builder();
  }
}
