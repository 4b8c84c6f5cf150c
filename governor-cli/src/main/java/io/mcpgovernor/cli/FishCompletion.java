package io.mcpgovernor.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Commands, options and values as fish has them: one {@code complete} for each, with the commands
 * that must stand before it.
 *
 * @see <a href="https://fishshell.com/docs/current/cmds/complete.html">fish: complete</a>
 */
final class FishCompletion {
  private final StringBuilder script = new StringBuilder();
  private final String program;

  private FishCompletion(String program) {
    this.program = program;
  }

  static String of(CommandLine root) {
    FishCompletion completion = new FishCompletion(root.getCommandName());
    completion.add(root, List.of());
    return completion.script.toString();
  }

  private void add(CommandLine command, List<String> path) {
    Map<String, CommandLine> subcommands = new LinkedHashMap<>(command.getSubcommands());
    subcommands.values().removeIf(sub -> sub.getCommandSpec().usageMessage().hidden());
    String condition = condition(path, subcommands.keySet());
    CommandSpec spec = command.getCommandSpec();
    subcommands.forEach(
        (name, sub) ->
            line(
                condition,
                "-f -a " + quoted(name),
                sub.getCommandSpec().usageMessage().description()));
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        line(condition, words(option), option.description());
      }
    }
    spec.positionalParameters()
        .forEach(
            parameter -> {
              if (parameter.completionCandidates() != null) {
                line(condition, "-f -a " + quoted(candidates(parameter)), new String[0]);
              }
            });
    subcommands.forEach(
        (name, sub) -> {
          List<String> deeper = new ArrayList<>(path);
          deeper.add(name);
          add(sub, deeper);
        });
  }

  /** The commands of a path are there, and none of those that could follow. */
  private static String condition(List<String> path, Set<String> next) {
    List<String> parts = new ArrayList<>();
    path.forEach(name -> parts.add("__fish_seen_subcommand_from " + name));
    if (!next.isEmpty()) {
      parts.add("not __fish_seen_subcommand_from " + String.join(" ", next));
    }
    return String.join("; and ", parts);
  }

  private static String words(OptionSpec option) {
    StringBuilder words = new StringBuilder();
    for (String name : option.names()) {
      words.append(name.startsWith("--") ? "-l " : "-s ").append(name.replaceFirst("^--?", ""));
      words.append(' ');
    }
    if (option.arity().max() > 0) {
      words.append("-r");
      if (option.completionCandidates() != null) {
        words.append(" -f -a ").append(quoted(candidates(option)));
      }
    }
    return words.toString().strip();
  }

  private static String candidates(ArgSpec arg) {
    return StreamSupport.stream(arg.completionCandidates().spliterator(), false)
        .collect(Collectors.joining(" "));
  }

  private void line(String condition, String words, String[] description) {
    script.append("complete -c ").append(program);
    if (!condition.isEmpty()) {
      script.append(" -n ").append(quoted(condition));
    }
    script.append(' ').append(words);
    if (description.length > 0) {
      script.append(" -d ").append(quoted(description[0].replaceAll("[.;:,].*", "")));
    }
    script.append('\n');
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
