package io.mcpgovernor.pii;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.call.Spares;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Masks PII in whole JSON values: in strings, numbers and keys, and in JSON that stands inside
 * strings. It works on the bytes and changes nothing but what was found.
 *
 * <p>Masking is idempotent: masking what came out changes nothing. Where values, masks and labels
 * are glued to each other without order, as only a fuzzer writes them, one text in a thousand may
 * have more masked the second time. It takes time linear in the size of the value, whatever the
 * value. Immutable and thread-safe; does not block.
 */
public final class Masker {
  private static final Masker STANDARD = new Masker(MaskRules.defaults());

  /** Values from here on are scanned by scanners with much room. */
  private static final int LARGE_BYTES = 16 * 1_024;

  private final Spares<JsonScanner> scanners;

  /**
   * Their room is megabytes, which take as long to get as the scan takes to fill them. So they are
   * kept, but only as long as the memory is not needed.
   */
  private final Spares<SoftReference<JsonScanner>> roomy;

  /**
   * A masker of one's choice.
   *
   * @param rules which kinds are masked, and how; their detectors see every text
   */
  public Masker(MaskRules rules) {
    this.scanners = new Spares<>(() -> new JsonScanner(rules));
    this.roomy = new Spares<>(() -> new SoftReference<>(scanners.take()));
  }

  /** The masker with the default rules. */
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
    return new Scan(value, json(utf8, columns));
  }

  /**
   * Masks a JSON value, raw in and raw out.
   *
   * @return the very same array if nothing was found
   * @throws MalformedJsonException as {@link #scan(Json)} does
   */
  public byte[] mask(byte[] json, Sensitivity level) {
    Splices splices = json(json, Columns.NONE);
    return splices.isEmpty() ? json : splices.render(level);
  }

  /**
   * Masks a JSON value given as a tree of maps, lists, strings, numbers, booleans and nulls, as the
   * objects of an SDK hold it. Comes to the same as masking its bytes.
   *
   * @return the very same object if nothing was found, otherwise an unmodifiable tree
   * @throws MalformedJsonException if the tree holds what JSON cannot express
   */
  public @Nullable Object maskTree(@Nullable Object tree, Sensitivity level) {
    Scan scan = scan(Json.of(tree));
    return scan.isClean() ? tree : scan.masked(level).tree();
  }

  /**
   * Finds the PII in a text. Text that is JSON as a whole is read as JSON, field names and all.
   * Bytes that are no UTF-8 are kept as they are.
   *
   * @param utf8 the text, which must not be changed as long as the scan is used
   */
  public TextScan scanText(byte[] utf8) {
    return new TextScan(utf8, text(utf8));
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
    Splices splices = text(utf8);
    return splices.isEmpty() ? text : new String(splices.render(level), StandardCharsets.UTF_8);
  }

  // Twice the same but for one call: a lambda that holds the value would be an object a scan.
  private Splices json(byte[] utf8, Columns columns) {
    JsonScanner scanner = take(utf8.length);
    try {
      return scanner.scanJson(utf8, columns);
    } finally {
      giveBack(scanner);
    }
  }

  private Splices text(byte[] utf8) {
    JsonScanner scanner = take(utf8.length);
    try {
      return scanner.scanText(utf8);
    } finally {
      giveBack(scanner);
    }
  }

  private JsonScanner take(int bytes) {
    if (bytes < LARGE_BYTES) {
      return scanners.take();
    }
    JsonScanner scanner = roomy.take().get();
    return scanner == null ? scanners.take() : scanner;
  }

  private void giveBack(JsonScanner scanner) {
    long held = scanner.wipe();
    if (held <= JsonScanner.BYTES_KEPT) {
      scanners.give(scanner);
    } else if (held <= JsonScanner.ROOM_KEPT) {
      roomy.give(new SoftReference<>(scanner));
    }
  }

  /**
   * Whether a text holds a mask of a built-in kind, so that writing it back would overwrite the
   * value behind it. Masks of fixed form are found anywhere; a masked phone number of another form
   * where it stands alone, or shows its last four digits. A surrogate that cannot be anything else
   * counts as a mask; {@code 0} and {@code 1900-01-01} do not.
   */
  public boolean holdsMask(String text) {
    // Every mask has stars, and nearly no argument has any.
    return (text.indexOf('*') >= 0 && MaskText.holdsMask(text.getBytes(StandardCharsets.UTF_8)))
        || Surrogates.stand(text);
  }
}
