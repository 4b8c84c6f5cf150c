package io.mcpgovernor.cli.wrap;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server's entry in a client's file.
 *
 * @param place what its servers are of, such as a project; empty if all are the user's
 * @param name its own key
 * @param value what is there
 */
record ServerEntry(String place, String name, Jsonc value) {
  private static final List<String> ADDRESSES = List.of("url", "serverUrl", "httpUrl");
  private static final Set<String> OWN_NAMES =
      Set.of("governor", "governor.exe", "governor.cmd", "governor.bat", "mcp-governor");
  private static final String RUN = "run";
  private static final String NAME = "--name";
  private static final String END_OF_OPTIONS = "--";

  /** What an entry is. */
  enum Form {
    /** A command that is not ours. */
    COMMAND,
    /** {@code governor run}, with a server's command after it as {@code wrap} writes it. */
    WRAPPED,
    /** {@code governor run} as somebody wrote it who wanted it another way. */
    OWN,
    /** An address. */
    ADDRESS,
    /** Nothing that is known here. */
    UNKNOWN
  }

  Form form(String launcher) {
    if (!(value instanceof Jsonc.Members members)) {
      return Form.UNKNOWN;
    }
    Jsonc.Member command = members.member("command");
    if (command == null) {
      return ADDRESSES.stream().anyMatch(key -> members.member(key) != null)
          ? Form.ADDRESS
          : Form.UNKNOWN;
    }
    if (!(command.value() instanceof Jsonc.Text program) || words() == null) {
      return Form.UNKNOWN;
    }
    if (!isOurs(program.value(), launcher) || !isAt(0, RUN)) {
      return Form.COMMAND;
    }
    return commandAt() < 0 ? Form.OWN : Form.WRAPPED;
  }

  private static boolean isOurs(String program, String launcher) {
    return program.equals(launcher) || OWN_NAMES.contains(program.replaceFirst("^.*[/\\\\]", ""));
  }

  /** The value of {@code command}, of an entry that has one. */
  Jsonc.Text command() {
    Jsonc.Member member = ((Jsonc.Members) value).member("command");
    if (member == null) {
      throw new IllegalStateException("asked for the command of an entry without one");
    }
    return (Jsonc.Text) member.value();
  }

  Jsonc.@Nullable Member args() {
    return ((Jsonc.Members) value).member("args");
  }

  /** The words of {@code args}, none if there is no such key; null if it holds something else. */
  @Nullable List<Jsonc.Text> words() {
    Jsonc.Member args = args();
    if (args == null) {
      return List.of();
    }
    return args.value() instanceof Jsonc.Items items ? items.texts().orElse(null) : null;
  }

  /** Which word is the server's program, of a wrapped entry; -1 if none is. */
  int commandAt() {
    List<Jsonc.Text> words = words();
    int at = -1;
    if (isAt(1, NAME) && isAt(3, END_OF_OPTIONS)) {
      at = 4;
    } else if (hadNoArgs()) {
      at = 3;
    } else if (isAt(1, END_OF_OPTIONS)) {
      at = 2;
    }
    return words != null && at < words.size() ? at : -1;
  }

  /**
   * Whether {@code wrap} wrote all of {@code args}: then the name is part of its option's word.
   * Nothing else tells an entry that had none from one that had an empty list.
   */
  boolean hadNoArgs() {
    List<Jsonc.Text> words = words();
    return words != null
        && words.size() > 3
        && words.get(1).value().startsWith(NAME + "=")
        && isAt(2, END_OF_OPTIONS);
  }

  private boolean isAt(int index, String word) {
    List<Jsonc.Text> words = words();
    return words != null && index < words.size() && words.get(index).value().equals(word);
  }

  /** The name its server goes by in records; empty if its wrapping gives none. */
  String givenName() {
    List<Jsonc.Text> words = words();
    if (words == null || words.size() < 3) {
      return "";
    }
    if (hadNoArgs()) {
      return words.get(1).value().substring(NAME.length() + 1);
    }
    return isAt(1, NAME) ? words.get(2).value() : "";
  }

  /** The words that {@code wrap} puts before a program. */
  static List<String> wordsBefore(String name, boolean hasArgs) {
    return hasArgs
        ? List.of(RUN, NAME, name, END_OF_OPTIONS)
        : List.of(RUN, NAME + "=" + name, END_OF_OPTIONS);
  }
}
