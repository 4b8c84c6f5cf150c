package io.mcpgovernor.cli.tools;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.cli.audit.SafeText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One difference between two definitions of a tool, as far in as they differ.
 *
 * @param path the names that lead there; empty for the whole
 * @param before what was there, as JSON; null for nothing
 * @param after what is there, as JSON; null for nothing
 */
record DefinitionChange(List<String> path, @Nullable String before, @Nullable String after) {
  /** The differences in the order of the definitions. A list is one value. */
  static List<DefinitionChange> between(@Nullable Json before, Json after) {
    List<DefinitionChange> changes = new ArrayList<>();
    Object nothing = Map.of();
    compare(List.of(), before == null ? nothing : before.tree(), after.tree(), changes);
    return changes;
  }

  private static void compare(
      List<String> path,
      @Nullable Object before,
      @Nullable Object after,
      List<DefinitionChange> changes) {
    if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> now) {
      Set<Object> names = new LinkedHashSet<>(old.keySet());
      names.addAll(now.keySet());
      for (Object name : names) {
        List<String> member = new ArrayList<>(path);
        member.add(String.valueOf(name));
        if (!old.containsKey(name)) {
          changes.add(new DefinitionChange(member, null, text(now.get(name))));
        } else if (!now.containsKey(name)) {
          changes.add(new DefinitionChange(member, text(old.get(name)), null));
        } else {
          compare(member, old.get(name), now.get(name), changes);
        }
      }
    } else if (!Objects.equals(text(before), text(after))) {
      changes.add(new DefinitionChange(path, text(before), text(after)));
    }
  }

  private static String text(@Nullable Object value) {
    return new String(Json.of(value).utf8(), StandardCharsets.UTF_8);
  }

  /** Where it is, for people: {@code inputSchema.properties.limit}. */
  String place() {
    return SafeText.of(String.join(".", path));
  }

  /** Where it is, for programs. */
  String pointer() {
    StringBuilder pointer = new StringBuilder();
    path.forEach(name -> pointer.append('/').append(name.replace("~", "~0").replace("/", "~1")));
    return pointer.toString();
  }
}
