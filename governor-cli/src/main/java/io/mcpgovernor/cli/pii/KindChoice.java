package io.mcpgovernor.cli.pii;

import io.mcpgovernor.pii.Kind;
import io.mcpgovernor.pii.Kinds;
import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a choice of kinds: names or types with commas between them, {@code default}, {@code all},
 * and {@code -phone} to leave one out again. A choice that begins by leaving out begins with the
 * default.
 */
final class KindChoice implements ITypeConverter<KindChoice.Chosen> {
  /** A choice made. */
  record Chosen(Set<Kind> kinds) {}

  @Override
  public Chosen convert(String list) {
    Set<Kind> kinds = new LinkedHashSet<>();
    if (list.startsWith("-")) {
      kinds.addAll(Kinds.defaults());
    }
    for (String item : list.split(",", -1)) {
      String name = item.strip();
      if (name.equals("all")) {
        kinds.addAll(Kinds.all());
      } else if (name.equals("default")) {
        kinds.addAll(Kinds.defaults());
      } else if (name.startsWith("-")) {
        kinds.remove(named(name.substring(1)));
      } else {
        kinds.add(named(name));
      }
    }
    return new Chosen(kinds);
  }

  private static Kind named(String name) {
    return Kinds.named(name)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "no kind '" + name + "'; 'governor pii kinds' lists them"));
  }
}
