package io.mcpgovernor.bench.accuracy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A text that knows which parts of it are PII and which are traps, and keeps knowing it while it is
 * joined, escaped and put into other texts. Immutable.
 */
public final class Marked {
  static final Marked EMPTY = new Marked("", List.of(), List.of());

  private final String text;
  private final int length;
  private final List<Label> pii;
  private final List<Label> traps;

  private Marked(String text, List<Label> pii, List<Label> traps) {
    this.text = text;
    this.length = text.codePointCount(0, text.length());
    this.pii = List.copyOf(pii);
    this.traps = List.copyOf(traps);
  }

  /** A text without PII. */
  static Marked plain(String text) {
    return new Marked(text, List.of(), List.of());
  }

  /** A text that is PII from end to end. */
  static Marked pii(PiiType type, String text) {
    return new Marked(text, whole(text, type.name()), List.of());
  }

  /** A text that looks like PII and is none. */
  static Marked trap(Trap trap, String text) {
    return new Marked(text, List.of(), whole(text, trap.name()));
  }

  private static List<Label> whole(String text, String type) {
    return List.of(new Label(0, text.codePointCount(0, text.length()), type));
  }

  /** The characters. */
  public String text() {
    return text;
  }

  /** Where there is PII, in order. */
  public List<Label> pii() {
    return pii;
  }

  /** Where there are traps, in order. */
  public List<Label> traps() {
    return traps;
  }

  /** Whether the whole of it is one piece of PII or one trap. */
  boolean isOneValue() {
    return pii.size() + traps.size() == 1
        && (pii.isEmpty() ? traps : pii).get(0).start() == 0
        && (pii.isEmpty() ? traps : pii).get(0).end() == length;
  }

  Marked then(String plain) {
    return then(plain(plain));
  }

  Marked then(Marked next) {
    return join("", List.of(this, next));
  }

  /** One after the other, with a separator between them. */
  static Marked join(String separator, List<Marked> parts) {
    StringBuilder text = new StringBuilder();
    List<Label> pii = new ArrayList<>();
    List<Label> traps = new ArrayList<>();
    int gap = separator.codePointCount(0, separator.length());
    int at = 0;
    for (int i = 0; i < parts.size(); i++) {
      if (i > 0) {
        text.append(separator);
        at += gap;
      }
      Marked part = parts.get(i);
      text.append(part.text);
      for (Label label : part.pii) {
        pii.add(label.moved(at));
      }
      for (Label label : part.traps) {
        traps.add(label.moved(at));
      }
      at += part.length;
    }
    return new Marked(text.toString(), pii, traps);
  }

  /** This text in the place of the first {@code {}} of a template. */
  Marked within(String template) {
    int hole = template.indexOf("{}");
    if (hole < 0) {
      throw new IllegalArgumentException("no place for a value in: " + template);
    }
    return plain(template.substring(0, hole)).then(this).then(template.substring(hole + 2));
  }

  /** Each code point written in another way; what was PII stays PII. */
  Marked rewritten(IntFunction<String> writing) {
    StringBuilder out = new StringBuilder();
    int[] places = new int[length + 1];
    int[] codePoints = text.codePoints().toArray();
    int at = 0;
    for (int i = 0; i < length; i++) {
      places[i] = at;
      String written = writing.apply(codePoints[i]);
      out.append(written);
      at += written.codePointCount(0, written.length());
    }
    places[length] = at;
    return new Marked(out.toString(), rewritten(pii, places), rewritten(traps, places));
  }

  private static List<Label> rewritten(List<Label> labels, int[] places) {
    return labels.stream()
        .map(label -> new Label(places[label.start()], places[label.end()], label.type()))
        .toList();
  }

  /** The same mark on other characters, for writings that are not made character by character. */
  Marked replaced(String other) {
    if (!isOneValue()) {
      throw new IllegalStateException("only a single value can be replaced");
    }
    return pii.isEmpty()
        ? new Marked(other, List.of(), whole(other, traps.get(0).type()))
        : new Marked(other, whole(other, pii.get(0).type()), List.of());
  }

  @Override
  public String toString() {
    return text;
  }
}
