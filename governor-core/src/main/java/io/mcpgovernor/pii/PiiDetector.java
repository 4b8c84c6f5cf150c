package io.mcpgovernor.pii;

/**
 * Says where PII stands in a text. Give a {@link Masker} detectors of your own beside the built-in
 * one:
 *
 * <pre>{@code
 * Kind badge = Kind.custom("badge", (original, level) -> "[BADGE]");
 * PiiDetector badges = (text, findings) -> {
 *   // look at text.utf8() between text.from() and text.to()
 *   findings.add(start, end, badge);
 * };
 * new Masker(MaskRules.builder().detector(badges).build());
 * }</pre>
 *
 * <p>Implementations must be thread-safe and should take time linear in the text. What they throw
 * withholds the whole value: nothing is released that was not scanned.
 */
@FunctionalInterface
public interface PiiDetector {
  /**
   * Reports what stands in a text.
   *
   * @param text one string, number or object key; valid during this call only
   * @param findings where to report to; valid during this call only
   */
  void find(Text text, Findings findings);
}
