package io.mcpgovernor.bench.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of another Java process, as {@code jcmd} of the Java that runs this tells it. */
final class HeapFigures {
  private static final long KIB = 1_024;
  private static final Pattern USED = Pattern.compile("\\bused (\\d+)([KM])");

  private HeapFigures() {}

  /**
   * Bytes in use after a full collection.
   *
   * @return nothing if the process cannot be asked
   */
  static OptionalLong usedAfterCollection(long pid) throws IOException {
    jcmd(pid, "GC.run");
    return used(jcmd(pid, "GC.heap_info"));
  }

  /** The sum over the parts of the heap, metaspace apart. */
  static OptionalLong used(String heapInfo) {
    long bytes = 0;
    boolean found = false;
    for (String line : heapInfo.lines().toList()) {
      String part = line.strip();
      Matcher used = USED.matcher(part);
      if (!part.startsWith("Metaspace") && !part.startsWith("class space") && used.find()) {
        long unit = used.group(2).equals("M") ? KIB * KIB : KIB;
        bytes += Long.parseLong(used.group(1)) * unit;
        found = true;
      }
    }
    return found ? OptionalLong.of(bytes) : OptionalLong.empty();
  }

  private static String jcmd(long pid, String command) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
