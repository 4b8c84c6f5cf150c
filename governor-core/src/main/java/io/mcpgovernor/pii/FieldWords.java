package io.mcpgovernor.pii;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The name of a field as words in lower case: {@code billingAddress2} is "billing", "address". */
final class FieldWords {
  private static final int CHARACTERS_MAX = 64;

  private FieldWords() {}

  /** The words, none where there is no field or its name is too long to be one. */
  static List<String> of(@Nullable FieldName field) {
    if (field == null) {
      return List.of();
    }
    String name = field.name();
    List<String> words = new ArrayList<>();
    if (name.length() > CHARACTERS_MAX || name.indexOf('*') >= 0) {
      return words;
    }
    int start = 0;
    for (int i = 0; i <= name.length(); i++) {
      boolean isLetter = i < name.length() && Character.isLetter(name.charAt(i));
      boolean begins =
          isLetter
              && i > start
              && Character.isUpperCase(name.charAt(i))
              && Character.isLowerCase(name.charAt(i - 1));
      if (!isLetter || begins) {
        if (i > start) {
          words.add(name.substring(start, i).toLowerCase(Locale.ROOT));
        }
        start = isLetter ? i : i + 1;
      }
    }
    return words;
  }
}
