package io.mcpgovernor.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far a receiver has got, in a small file: number and hash of the last record it took. Written
 * after each answer, so that a crash in between sends some records again and loses none.
 *
 * @param seq 0 where nothing was delivered yet
 * @param hash null where nothing was delivered yet
 */
record Cursor(long seq, @Nullable String hash) {
  private static final Pattern LINE =
      Pattern.compile("mcp-governor delivered (\\d{1,18}) ([0-9a-f]{64})\\n?");
  private static final int FILE_BYTES_MAX = 1_024;

  static Cursor read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new Cursor(0, null);
    }
    Matcher line =
        LINE.matcher(
            Files.size(file) > FILE_BYTES_MAX
                ? ""
                : Files.readString(file, StandardCharsets.ISO_8859_1));
    if (!line.matches()) {
      throw new IOException(
          file + " does not say what was delivered; delete it to send the whole log again");
    }
    return new Cursor(Long.parseLong(line.group(1)), line.group(2));
  }

  void write(Path file) throws IOException {
    String line = "mcp-governor delivered " + seq + " " + hash + "\n";
    OwnerFiles.replace(file, line.getBytes(StandardCharsets.US_ASCII));
  }
}
