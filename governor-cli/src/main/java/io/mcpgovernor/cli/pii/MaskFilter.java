package io.mcpgovernor.cli.pii;

import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.pii.Finding;
import io.mcpgovernor.pii.Masker;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.pii.TextScan;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Masks a stream. What it writes was masked whole: a value, a line or a block of lines; whatever
 * fails, nothing unmasked and no half line was written. Immutable.
 */
final class MaskFilter {
  /** The largest JSON value that is read as one. */
  static final int JSON_BYTES_MAX = 1 << 30;

  /** How much is read to tell the form of the input. */
  static final int BEGINNING_BYTES = 64 << 20;

  private final Masker masker;
  private final Sensitivity level;
  private final int lineBytesMax;

  MaskFilter(Masker masker, Sensitivity level, int lineBytesMax) {
    this.masker = masker;
    this.level = level;
    this.lineBytesMax = lineBytesMax;
  }

  void run(Form form, InputStream in, Output out) throws IOException {
    switch (form) {
      case JSON -> json(in, out);
      case JSONL -> jsonLines(in, out);
      case TEXT -> text(in, out);
    }
  }

  private void json(InputStream in, Output out) throws IOException {
    byte[] value = in.readNBytes(JSON_BYTES_MAX);
    if (value.length == JSON_BYTES_MAX && in.read() >= 0) {
      throw new RefusedInput("the JSON value is larger than " + JSON_BYTES_MAX + " bytes");
    }
    try {
      out.write(masker.mask(value, level));
    } catch (MalformedJsonException e) {
      throw new RefusedInput("the input " + e.getMessage());
    }
  }

  private void jsonLines(InputStream in, Output out) throws IOException {
    Lines lines = new Lines(in, lineBytesMax);
    byte @Nullable [] line = lines.next();
    while (line != null) {
      out.write(jsonLine(line));
      line = lines.next();
    }
  }

  private byte[] jsonLine(byte[] line) {
    if (Lines.isBlank(line)) {
      return line;
    }
    try {
      return masker.mask(line, level);
    } catch (MalformedJsonException e) {
      // The line end stays out of it: whatever is found, a line stays a line.
      int end = Lines.contentEnd(line);
      byte[] content = Arrays.copyOf(line, end);
      return joined(
          masker.scanText(content).masked(level), Arrays.copyOfRange(line, end, line.length));
    }
  }

  private void text(InputStream in, Output out) throws IOException {
    TextBlocks blocks = new TextBlocks(new Lines(in, lineBytesMax));
    TextBlocks.@Nullable Block block = blocks.next();
    while (block != null) {
      out.write(masked(block));
      block = blocks.next();
    }
  }

  /** Masks a block as what stands before it demands, and leaves that out again. */
  private byte[] masked(TextBlocks.Block block) {
    int cut = block.context().length;
    if (cut > 0) {
      byte[] together = joined(block.context(), block.lines());
      TextScan scan = masker.scanText(together);
      byte[] masked = scan.masked(level);
      int from = placeAfter(cut, together, masked, scan);
      if (from >= 0) {
        return Arrays.copyOfRange(masked, from, masked.length);
      }
    }
    return masker.scanText(block.lines()).masked(level);
  }

  /**
   * Where, in the masked text, the lines from {@code cut} on begin: as many line ends from the end
   * as they have, those aside that were masked.
   *
   * @return -1 if masks move lines so that nobody can tell
   */
  private static int placeAfter(int cut, byte[] text, byte[] masked, TextScan scan) {
    int before = count(text, 0, cut);
    for (Finding finding : scan.findings()) {
      if (finding.from() < cut && finding.to() >= cut) {
        return -1;
      }
      if (count(text, finding.from(), finding.to()) > 0 && finding.from() < cut) {
        return -1;
      }
    }
    int place = 0;
    for (int left = before; left > 0; place++) {
      left -= masked[place] == '\n' ? 1 : 0;
    }
    return place;
  }

  private static int count(byte[] text, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += text[i] == '\n' ? 1 : 0;
    }
    return count;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
