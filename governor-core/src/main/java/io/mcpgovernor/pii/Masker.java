package io.mcpgovernor.pii;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.call.Spares;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * Masks PII in whole JSON values: in strings, numbers and keys, and in JSON that stands inside
 * strings. It works on the bytes and changes nothing but what was found.
 *
 * <p>Masking is idempotent: masking what came out changes nothing. It takes time linear in the size
 * of the value, whatever the value. Immutable and thread-safe; does not block.
 */
public final class Masker {
  private static final Masker STANDARD = new Masker(List.of(PiiDetector.builtIn()));

  private final Spares<JsonScanner> scanners;

  /**
   * A masker with detectors of one's choice; all of them see every text.
   *
   * @param detectors at least one; {@link PiiDetector#builtIn()} is used only if listed
   * @throws IllegalArgumentException if there is none: a masker that finds nothing is a mistake
   */
  public Masker(List<PiiDetector> detectors) {
    if (detectors.isEmpty()) {
      throw new IllegalArgumentException("a masker needs at least one detector");
    }
    List<PiiDetector> all = List.copyOf(detectors);
    this.scanners = new Spares<>(() -> new JsonScanner(all));
  }

  /** The masker with the built-in detector. */
  public static Masker standard() {
    return STANDARD;
  }

  /**
   * Finds the PII in a JSON value. What a detector throws is passed on.
   *
   * @throws MalformedJsonException if the value is not exactly one JSON text in well-formed UTF-8,
   *     nested at most {@link Json#DEPTH_MAX} deep. Repeated keys are let through, each masked.
   */
  public Scan scan(Json value) {
    return scan(value, Columns.NONE);
  }

  /**
   * Like {@link #scan(Json)}, and everything that column rules cover counts as found.
   *
   * @param columns what the rules come to for the tool whose value this is
   */
  public Scan scan(Json value, Columns columns) {
    byte[] utf8 = value.utf8();
    return new Scan(value, with(scanner -> scanner.scanJson(utf8, columns)));
  }

  /**
   * Masks the PII in a text that is no JSON value, such as an error message; text that is JSON is
   * treated as JSON.
   *
   * @return the very same string if nothing was found; otherwise lone surrogates, which UTF-8
   *     cannot hold, come back as {@code ?}
   */
  public String mask(String text, Sensitivity level) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    Splices splices = with(scanner -> scanner.scanText(utf8));
    return splices.isEmpty() ? text : new String(splices.render(level), StandardCharsets.UTF_8);
  }

  private Splices with(Function<JsonScanner, Splices> scan) {
    JsonScanner scanner = scanners.take();
    try {
      return scan.apply(scanner);
    } finally {
      if (scanner.wipe()) {
        scanners.give(scanner);
      }
    }
  }

  /**
   * Whether a text holds a mask of a built-in kind, so that writing it back would overwrite the
   * value behind it. Masks of fixed form are found anywhere; a masked phone number of another form
   * where it stands alone, or shows its last four digits.
   */
  public boolean holdsMask(String text) {
    // Every mask has stars, and nearly no argument has any.
    return text.indexOf('*') >= 0 && MaskText.holdsMask(text.getBytes(StandardCharsets.UTF_8));
  }
}
