package io.mcpgovernor.cli.wrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Wrapping and its opposite, over files nobody thought of. */
final class EntryEditsTest {
  private static final String LAUNCHER = "/opt/a \"b\"/governor";
  private static final List<String> SPACES =
      List.of("", "", " ", "\n", "\r\n  ", "\t", " // said, {\n", "/* \"x\": [ */", "\n    ");
  private static final List<String> TEXTS =
      List.of("npx", "-y", "\\u006epx", "a\\\\b", "\\\"", "é", "//", "/*", "", "run", "--", "x y");

  private final Random random = new Random(7);

  private String any(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String space() {
    return any(SPACES);
  }

  private String list(String open, String close, List<String> parts) {
    StringBuilder list = new StringBuilder(open).append(space());
    for (int i = 0; i < parts.size(); i++) {
      boolean isLast = i == parts.size() - 1;
      list.append(parts.get(i)).append(space());
      list.append(!isLast || random.nextInt(4) == 0 ? "," : "").append(space());
    }
    return list.append(close).toString();
  }

  private String member(String key, String value) {
    return "\"" + key + "\"" + space() + ":" + space() + value;
  }

  private String text() {
    return "\"" + any(TEXTS) + "\"";
  }

  private String entry() {
    List<String> members = new ArrayList<>();
    members.add(member("command", text()));
    if (random.nextInt(3) > 0) {
      List<String> words = Stream.generate(this::text).limit(random.nextInt(4)).toList();
      members.add(random.nextInt(2), member("args", list("[", "]", words)));
    }
    if (random.nextBoolean()) {
      members.add(random.nextInt(members.size() + 1), member("env", list("{", "}", List.of())));
    }
    return list("{", "}", members);
  }

  @Test
  void whateverTheFileLooksLikeItIsTheSameAfterwards() {
    for (int i = 0; i < 3_000; i++) {
      String servers = list("{", "}", List.of(member("a", entry()), member("B b", entry())));
      String before = list("{", "}", List.of(member("mcpServers", servers)));

      ClientText read = ClientText.read(before, Client.CURSOR);
      List<Edit> wrapping = edits(WrapPlan.of(read, LAUNCHER));
      String wrapped = Edit.apply(before, wrapping);
      ClientText readAgain = ClientText.read(wrapped, Client.CURSOR);

      assertThat(readAgain.entries())
          .as(wrapped)
          .allMatch(entry -> entry.form(LAUNCHER) == ServerEntry.Form.WRAPPED);
      for (int e = 0; e < 2; e++) {
        ServerEntry entry = readAgain.entries().get(e);
        List<String> words =
            Objects.requireNonNull(entry.words()).stream().map(Jsonc.Text::value).toList();
        assertThat(entry.command().value()).isEqualTo(LAUNCHER);
        assertThat(words.get(entry.commandAt())).isEqualTo(read.entries().get(e).command().value());
      }
      assertThat(Edit.apply(wrapped, edits(UnwrapPlan.of(readAgain, LAUNCHER))))
          .as(wrapped)
          .isEqualTo(before);
    }
  }

  private static List<Edit> edits(List<EntryPlan> plans) {
    return plans.stream().flatMap(plan -> plan.edits().stream()).toList();
  }
}
