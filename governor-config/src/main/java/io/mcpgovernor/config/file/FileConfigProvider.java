package io.mcpgovernor.config.file;

import io.mcpgovernor.ConfigProvider;
import io.mcpgovernor.GovernorBuilder;
import java.nio.file.Path;
import java.util.function.Consumer;

/** How the engine reads a configuration file. */
public final class FileConfigProvider implements ConfigProvider {
  /** Made by {@link java.util.ServiceLoader}. */
  public FileConfigProvider() {}

  @Override
  public Settings read(Path file) {
    ConfigFile first = ConfigFile.read(file);
    return new Settings() {
      @Override
      public GovernorBuilder builder() {
        return first.builder();
      }

      @Override
      public Following follow(Consumer<GovernorBuilder> takeOver) {
        return ConfigWatcher.start(first, next -> takeOver.accept(next.builder()));
      }
    };
  }
}
