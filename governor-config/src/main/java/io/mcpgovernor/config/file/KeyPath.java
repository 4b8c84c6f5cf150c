package io.mcpgovernor.config.file;

import java.util.regex.Pattern;

/** How keys are named in messages: {@code servers.crm.command[0]}. */
final class KeyPath {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");
  private static final int NAME_MAX = 64;

  private KeyPath() {}

  /** A key below a path. */
  static String key(String path, String key) {
    String name = key.length() <= NAME_MAX ? key : key.substring(0, NAME_MAX) + "...";
    if (!PLAIN.matcher(name).matches()) {
      return path + "[\"" + name + "\"]";
    }
    return path.isEmpty() ? name : path + "." + name;
  }

  /** An element of a list. */
  static String item(String path, int index) {
    return path + "[" + index + "]";
  }
}
