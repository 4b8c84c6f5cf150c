package io.mcpgovernor.cli.pii;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text of any size into blocks of whole lines where it does least harm: after a blank line
 * if one comes soon enough, never within a PEM block of sane size. Only the text decides where, not
 * how it is handed out, so the same text always gives the same blocks.
 */
final class TextBlocks {
  /** From here on a blank line ends a block. */
  static final int BYTES_MIN = 128 << 10;

  /**
   * From here on any line ends a block. One scan tells 65,536 findings apart and lets the last
   * cover the rest, line ends and all; in so few bytes there cannot be more.
   */
  static final int BYTES_ENOUGH = 256 << 10;

  /** A key of this size is none: its end was forgotten, and nothing waits for it any longer. */
  private static final int PEM_BYTES_MAX = 16 << 20;

  /** Longer lines are no header. */
  private static final int CONTEXT_LINE_MAX = 4_096;

  private static final byte[] NOTHING = {};

  /** Some lines, and what comes before them. */
  static final class Block {
    private final byte[] context;
    private final byte[] lines;

    Block(byte[] context, byte[] lines) {
      this.context = context;
      this.lines = lines;
    }

    /**
     * Lines that came before and may say what these are: a table's header, a label. Empty after a
     * blank line. Shared, not to be changed.
     */
    byte[] context() {
      return context;
    }

    /** What is to be masked; shared, not to be changed. */
    byte[] lines() {
      return lines;
    }
  }

  private final Lines lines;
  private byte[] header = NOTHING;
  private byte[] last = NOTHING;
  private boolean isHeaderLast;

  TextBlocks(Lines lines) {
    this.lines = lines;
  }

  /**
   * The next block.
   *
   * @return null at the end
   */
  @Nullable Block next() throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    byte[] context = context();
    boolean isCut = false;
    int pemStart = -1;
    while (!isCut) {
      byte[] line = lines.next();
      if (line == null) {
        break;
      }
      boolean isBlank = Lines.isBlank(line);
      remember(line, isBlank);
      if (holds(line, "-----BEGIN ")) {
        pemStart = block.size();
      }
      block.writeBytes(line);
      if (holds(line, "-----END ") || block.size() - pemStart > PEM_BYTES_MAX) {
        pemStart = -1;
      }
      isCut =
          pemStart < 0 && (block.size() >= BYTES_ENOUGH || (isBlank && block.size() >= BYTES_MIN));
    }
    return block.size() == 0 ? null : new Block(context, block.toByteArray());
  }

  private void remember(byte[] line, boolean isBlank) {
    isHeaderLast = !isBlank && header.length == 0;
    last = isBlank ? NOTHING : ifShort(line);
    if (isBlank) {
      header = NOTHING;
    } else if (isHeaderLast) {
      header = last;
    }
  }

  private byte[] context() {
    if (last.length == 0) {
      return NOTHING;
    }
    ByteArrayOutputStream context = new ByteArrayOutputStream();
    context.writeBytes(header);
    if (!isHeaderLast) {
      context.writeBytes(last);
    }
    return context.toByteArray();
  }

  private static byte[] ifShort(byte[] line) {
    return line.length <= CONTEXT_LINE_MAX ? line : NOTHING;
  }

  private static boolean holds(byte[] line, String mark) {
    return line.length <= CONTEXT_LINE_MAX
        && new String(line, StandardCharsets.ISO_8859_1).contains(mark);
  }
}
