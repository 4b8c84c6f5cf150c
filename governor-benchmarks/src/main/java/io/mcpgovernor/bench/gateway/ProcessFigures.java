package io.mcpgovernor.bench.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a process uses, with the processes it started: from the outside, as the operating system
 * counts. Where there is no {@code /proc}, memory is not known.
 */
record ProcessFigures(ProcessHandle process) {
  private static final long KIB = 1_024;

  /** Time on processors since it began, nanoseconds; mostly in steps of ten milliseconds. */
  long cpuNanos() {
    return Stream.concat(Stream.of(process), process.descendants())
        .mapToLong(each -> each.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
        .sum();
  }

  /** Memory that is resident now, bytes; of this process alone. */
  OptionalLong residentBytes() {
    return status("VmRSS:");
  }

  /** The most memory that was ever resident, bytes; of this process alone. */
  OptionalLong residentBytesMax() {
    return status("VmHWM:");
  }

  /** Open files and sockets. */
  OptionalLong openFiles() {
    return entries("fd");
  }

  /** Threads of the operating system. */
  OptionalLong threads() {
    return entries("task");
  }

  private OptionalLong status(String name) {
    try (Stream<String> lines = Files.lines(of("status"))) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> KIB * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private OptionalLong entries(String directory) {
    try (Stream<Path> entries = Files.list(of(directory))) {
      return OptionalLong.of(entries.count());
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private Path of(String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }
}
