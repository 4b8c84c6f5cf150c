package io.mcpgovernor.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The words that start this very program again, on the same Java with the same flags. */
final class OwnCommand {
  /** What watches a process, or writes what another one reads, is not for two at once. */
  private static final List<String> NOT_TWICE =
      List.of(
          "-javaagent:",
          "-agentlib:",
          "-agentpath:",
          "-Xrun",
          "-XX:AOTCacheOutput",
          "-XX:ArchiveClassesAtExit",
          "-XX:StartFlightRecording",
          "-Dcom.sun.management");

  private OwnCommand() {}

  static List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (NOT_TWICE.stream().noneMatch(flag::startsWith)) {
        words.add(flag);
      }
    }
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    return words;
  }

  /** Whether they start it with an AOT cache. */
  static boolean isCached() {
    return words().stream().anyMatch(word -> word.startsWith("-XX:AOTCache="));
  }
}
