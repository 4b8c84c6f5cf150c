package io.mcpgovernor.config.file;

import io.mcpgovernor.config.file.YamlNode.Entry;
import io.mcpgovernor.config.file.YamlNode.Mapping;
import io.mcpgovernor.config.file.YamlNode.Sequence;

/** Finds where a key is written. */
final class Located {
  /** A place, and how its key is called. */
  record Spot(Place at, String path) {}

  private Located() {}

  /** Where keys and indexes lead, as far as the file goes. */
  static Spot of(YamlNode from, String path, Object... steps) {
    YamlNode node = from;
    Place at = from.at();
    String name = path;
    for (Object step : steps) {
      name =
          step instanceof Integer index
              ? KeyPath.item(name, index)
              : KeyPath.key(name, (String) step);
      if (step instanceof String key && node instanceof Mapping mapping) {
        Entry entry = mapping.entry(key);
        if (entry != null) {
          at = entry.key().at();
          node = entry.value();
        }
      } else if (step instanceof Integer index
          && node instanceof Sequence sequence
          && index < sequence.items().size()) {
        node = sequence.items().get(index);
        at = node.at();
      }
    }
    return new Spot(at, name);
  }
}
