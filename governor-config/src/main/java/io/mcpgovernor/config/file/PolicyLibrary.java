package io.mcpgovernor.config.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Rules to start from, which come with this library: each is a piece of a configuration file. */
public final class PolicyLibrary {
  private static final List<String> NAMES =
      List.of(
          "destructive-tools",
          "no-bulk-export",
          "per-tool-limits",
          "read-only-agent",
          "tenant-argument-must-match",
          "working-hours");
  private static final String RULES = "rules:";

  private PolicyLibrary() {}

  /** What there is, in alphabetical order. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * A piece, complete as it is: comments, and the key {@code rules}.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public static String text(String name) {
    if (!NAMES.contains(name)) {
      String near = Nearest.to(name, NAMES);
      throw new IllegalArgumentException(
          "there are no rules named "
              + name
              + "; "
              + (near != null ? "did you mean " + near + "?" : "there are " + known()));
    }
    String path = "/io/mcpgovernor/policies/" + name + ".yaml";
    try (InputStream in =
        Objects.requireNonNull(PolicyLibrary.class.getResourceAsStream(path), path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String known() {
    return String.join(", ", NAMES);
  }

  /**
   * Several pieces as one, for a file that has no rules yet; in the order given, as the first rule
   * that denies decides.
   *
   * @throws IllegalArgumentException if there is none of a name
   */
  public static String together(List<String> names) {
    List<String> lines = new ArrayList<>();
    lines.add(RULES);
    for (String name : names) {
      lines.add("");
      lines.add("# " + name + ":");
      text(name).lines().filter(line -> !line.equals(RULES)).forEach(lines::add);
    }
    return String.join("\n", lines) + "\n";
  }
}
