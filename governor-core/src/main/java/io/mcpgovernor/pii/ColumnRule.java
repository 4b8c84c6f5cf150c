package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One path of names and its level; see {@link ColumnRules}. Immutable.
 *
 * @param names as {@link ColumnName} gives them; the last is the field
 */
record ColumnRule(List<byte[]> names, Sensitivity level) {
  static ColumnRule parse(String path, Sensitivity level) {
    Objects.requireNonNull(level);
    String[] parts = path.split("\\.", -1);
    if (parts.length > ColumnRules.NAMES_MAX) {
      throw wrong(path, "has " + parts.length + " names; " + ColumnRules.NAMES_MAX + " are enough");
    }
    List<byte[]> names = new ArrayList<>();
    for (String part : parts) {
      if (part.length() > ColumnRules.NAME_CHARS_MAX) {
        throw wrong(path, "has a name of more than " + ColumnRules.NAME_CHARS_MAX + " characters");
      }
      if (part.indexOf('*') >= 0) {
        throw wrong(
            path, "has a '*': there are no wildcards, leave out the names that do not matter");
      }
      List<byte[]> name = ColumnName.namesIn(part);
      if (name.size() != 1) {
        throw wrong(path, "has a name without a letter or digit");
      }
      names.add(name.get(0));
    }
    return new ColumnRule(List.copyOf(names), level);
  }

  private static IllegalArgumentException wrong(String path, String why) {
    String shown = path.length() > 200 ? path.substring(0, 200) + "..." : path;
    return new IllegalArgumentException(
        "the column rule '"
            + shown
            + "' "
            + why
            + "; write names with dots between them, the field"
            + " last, like crm.customers.ssn");
  }

  /** How many names are matched once these have been seen too; never the field. */
  int match(int matched, List<byte[]> seen) {
    int next = matched;
    for (byte[] name : seen) {
      if (next < names.size() - 1 && Arrays.equals(names.get(next), name)) {
        next++;
      }
    }
    return next;
  }

  /** The rest of this rule once so many names are matched. */
  ColumnRule after(int matched) {
    return new ColumnRule(names.subList(matched, names.size()), level);
  }

  /** The path, as it is compared. */
  @Override
  public String toString() {
    return names.stream()
        .map(name -> new String(name, StandardCharsets.UTF_8))
        .collect(Collectors.joining("."));
  }
}
