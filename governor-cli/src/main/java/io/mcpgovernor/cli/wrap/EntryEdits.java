package io.mcpgovernor.cli.wrap;

import io.mcpgovernor.call.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What changes in a file's text when an entry is wrapped, and when it is not any more. The words of
 * the entry are moved as they are written, escapes and all, so that the second gives back the bytes
 * that were there before the first.
 */
final class EntryEdits {
  private EntryEdits() {}

  static List<Edit> wrapped(String text, ServerEntry entry, String launcher, String name) {
    Jsonc.Text command = entry.command();
    String program = text.substring(command.start(), command.end());
    Jsonc.Member args = entry.args();
    List<String> words = new ArrayList<>();
    ServerEntry.wordsBefore(name, args != null).forEach(word -> words.add(literal(word)));
    words.add(program);
    List<Edit> edits = new ArrayList<>();
    edits.add(new Edit(command.start(), command.end(), literal(launcher)));
    if (args == null) {
      edits.add(
          new Edit(
              command.end(),
              command.end(),
              newMember(text, entry) + "[" + String.join(", ", words) + "]"));
    } else {
      edits.add(before(text, (Jsonc.Items) args.value(), words));
    }
    return edits;
  }

  /** The words before those of an array, on lines of their own where its first one is. */
  private static Edit before(String text, Jsonc.Items args, List<String> words) {
    if (args.elements().isEmpty()) {
      int at = args.start() + 1;
      return new Edit(at, at, String.join(", ", words));
    }
    int first = args.elements().getFirst().start();
    String gap = text.substring(args.start() + 1, first);
    String between = gap.isBlank() && gap.contains("\n") ? "," + gap : ", ";
    return new Edit(
        first, first, words.stream().map(word -> word + between).collect(Collectors.joining()));
  }

  /** The start of a member after {@code command}, written as that one is. */
  private static String newMember(String text, ServerEntry entry) {
    Jsonc.Member command =
        Objects.requireNonNull(((Jsonc.Members) entry.value()).member("command"));
    int key = command.key().start();
    int gap = key;
    while (gap > 0 && Character.isWhitespace(text.charAt(gap - 1))) {
      gap--;
    }
    String space = text.substring(gap, key);
    int line = space.lastIndexOf('\n');
    String before =
        line < 0 ? " " : space.substring(space.startsWith("\r", line - 1) ? line - 1 : line);
    String colon = text.substring(command.key().end(), command.value().start());
    return "," + before + "\"args\"" + (colon.matches("\\s*:\\s*") ? colon : ": ");
  }

  static List<Edit> unwrapped(String text, ServerEntry entry) {
    Jsonc.Text command = entry.command();
    List<Jsonc.Text> words = Objects.requireNonNull(entry.words());
    Jsonc.Member args = Objects.requireNonNull(entry.args());
    int at = entry.commandAt();
    Jsonc.Text program = words.get(at);
    List<Edit> edits = new ArrayList<>();
    edits.add(
        new Edit(command.start(), command.end(), text.substring(program.start(), program.end())));
    boolean isLast = at == words.size() - 1;
    if (isLast && entry.hadNoArgs()) {
      edits.add(without((Jsonc.Members) entry.value(), args));
    } else if (isLast) {
      int end = Math.max(program.end(), ((Jsonc.Items) args.value()).lastComma() + 1);
      edits.add(new Edit(words.getFirst().start(), end, ""));
    } else {
      edits.add(new Edit(words.getFirst().start(), words.get(at + 1).start(), ""));
    }
    return edits;
  }

  /** Takes a member away that is not the only one, and the comma that it needed. */
  private static Edit without(Jsonc.Members members, Jsonc.Member member) {
    int index = members.all().indexOf(member);
    return index == 0
        ? new Edit(member.key().start(), members.all().get(1).key().start(), "")
        : new Edit(members.all().get(index - 1).value().end(), member.value().end(), "");
  }

  private static String literal(String word) {
    return new String(Json.of(word).utf8(), StandardCharsets.UTF_8);
  }
}
