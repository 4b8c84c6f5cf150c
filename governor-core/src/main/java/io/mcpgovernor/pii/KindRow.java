package io.mcpgovernor.pii;

import io.mcpgovernor.pii.check.Check;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table of kinds while it is written down: how a kind is called, found and masked.
 *
 * <p>Shapes are written as {@link Template}s. Kinds with a grammar of their own, such as e-mail
 * addresses, have none and are found by code; words and masks they have all the same.
 */
final class KindRow {
  final String name;
  final String type;
  boolean isDefault = true;
  Kind.Mask mask = Masks::tail;
  NormalForm form = NormalForm.IDENTIFIER;
  final List<Template> templates = new ArrayList<>();
  final List<String> words = new ArrayList<>();
  final List<String> phrases = new ArrayList<>();
  final List<String> examples = new ArrayList<>();
  final List<String> surrogates = new ArrayList<>();
  @Nullable Check check;
  boolean isWhole;

  KindRow(String name, String type) {
    this.name = name;
    this.type = type;
  }

  /** Shapes that are this kind wherever they stand, whatever their value. */
  KindRow always(String... shapes) {
    return templates(Proof.SHAPE, shapes);
  }

  /** Shapes that are this kind if the check passes and nothing speaks against it. */
  KindRow checked(String... shapes) {
    return templates(Proof.CHECK, shapes);
  }

  /** Shapes that are this kind if words before them, or their field's name, say so. */
  KindRow said(String... shapes) {
    return templates(Proof.WORD, shapes);
  }

  private KindRow templates(Proof proof, String... shapes) {
    for (String shape : shapes) {
      templates.add(Template.of(shape, proof));
    }
    return this;
  }

  /** What the characters have to pass, separators removed and letters in upper case. */
  KindRow check(Check passes) {
    check = passes;
    return this;
  }

  /** Words that name this kind, in text and in field names, with spaces between them. */
  KindRow words(String named) {
    words.addAll(List.of(named.split(" ", -1)));
    return this;
  }

  /** Pairs of words that name it, where one alone would not: {@code date birth} has no "of". */
  KindRow phrases(String... named) {
    phrases.addAll(List.of(named));
    return this;
  }

  /** The value of a field or label so named is of this kind whatever it looks like. */
  KindRow whole() {
    isWhole = true;
    return this;
  }

  KindRow mask(Kind.Mask written) {
    mask = written;
    return this;
  }

  /** What its writings have in common, if that is not their letters and digits. */
  KindRow normal(NormalForm common) {
    form = common;
    return this;
  }

  KindRow surrogate(String... values) {
    surrogates.addAll(List.of(values));
    return this;
  }

  KindRow example(String... texts) {
    examples.addAll(List.of(texts));
    return this;
  }

  /** It is masked only where somebody chooses so. */
  KindRow off() {
    isDefault = false;
    return this;
  }
}
