package io.mcpgovernor.pii;

import io.mcpgovernor.call.Misfit;
import io.mcpgovernor.pii.JsonCursor.Token;
import io.mcpgovernor.pii.Leaf.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;

/** The values that may stand in the place of one leaf, the best first. */
final class Substitutes {
  /** Longer texts are not made up for a schema that asks for them. */
  private static final int TEXT_MAX = 256;

  /** How many keys of one value are told apart by a number. */
  private static final int ORDINAL_MAX = 1_000;

  private final Leaf leaf;
  private final List<Object> values = new ArrayList<>();

  private Substitutes(Leaf leaf) {
    this.leaf = leaf;
  }

  /**
   * @param misfits what is wrong with the leaf's place
   * @param taken keys that stand elsewhere in the value already
   */
  static List<Object> of(Leaf leaf, List<Misfit> misfits, Set<String> taken) {
    Substitutes candidates = new Substitutes(leaf);
    if (leaf.token() == Token.NUMBER) {
      candidates.values.addAll(Surrogates.numbers());
    } else if (leaf.token() == Token.LITERAL) {
      candidates.values.add(false);
    }
    if (!taken.isEmpty()) {
      candidates.numbered(taken.size() + 1);
    }
    candidates.texts(misfits);
    if (leaf.isKey()) {
      candidates.values.removeIf(value -> taken.contains(String.valueOf(value)));
    }
    return candidates.values;
  }

  private void texts(List<Misfit> misfits) {
    int most =
        leaf.parts().stream()
            .filter(part -> part.kind() != null)
            .mapToInt(part -> Objects.requireNonNull(part.kind()).surrogates().size())
            .max()
            .orElse(0);
    for (int i = 0; i < most; i++) {
      int choice = i;
      with(part -> ofKind(leaf.parts().get(part), choice));
    }
    for (Misfit misfit : misfits) {
      values.addAll(Surrogates.ofFormat(misfit.format()));
    }
    with(part -> Surrogates.ofShape(leaf.parts().get(part).value()));
    values.add(Surrogates.ofShape(leaf.value()));
    values.add(Surrogates.WORD);
    for (Misfit misfit : misfits) {
      long length = length(misfit);
      if (length > 0 && length <= TEXT_MAX) {
        values.add("X".repeat((int) length));
      }
    }
  }

  /** Where several keys need a surrogate, each needs another one. */
  private void numbered(int ordinal) {
    if (ordinal <= ORDINAL_MAX) {
      values.add(Surrogates.WORD + ordinal + "@masked.invalid");
      values.add(Surrogates.WORD + ordinal);
    }
  }

  private static String ofKind(Part part, int choice) {
    Kind kind = part.kind();
    if (kind == null) {
      return ""; // the ordinal of a key
    }
    List<String> surrogates = kind.surrogates();
    return surrogates.isEmpty()
        ? Surrogates.WORD
        : surrogates.get(Math.min(choice, surrogates.size() - 1));
  }

  /** The longest that is allowed, or else the shortest. */
  private static long length(Misfit misfit) {
    Object most = misfit.wanted().get("maxLength");
    Object least = misfit.wanted().get("minLength");
    return most instanceof Number longest && longest.longValue() <= TEXT_MAX
        ? longest.longValue()
        : least instanceof Number shortest ? shortest.longValue() : 0;
  }

  private void with(IntFunction<String> part) {
    StringBuilder text = new StringBuilder();
    int read = 0;
    for (int i = 0; i < leaf.parts().size(); i++) {
      Part found = leaf.parts().get(i);
      text.append(leaf.value(), read, found.at()).append(part.apply(i));
      read = found.at() + found.value().length();
    }
    values.add(text.append(leaf.value().substring(read)).toString());
  }
}
