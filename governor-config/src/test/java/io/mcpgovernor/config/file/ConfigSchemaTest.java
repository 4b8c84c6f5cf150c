package io.mcpgovernor.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.config.ToolSchema;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schema, the reader and the documentation are of one mind. */
final class ConfigSchemaTest {
  /** What takes several keys, or the world outside, to see; the schema sees one value at a time. */
  private static final List<String> SEEN_BY_THE_READER_ONLY =
      List.of(
          "nobody vouches for these certificates",
          "must come over https",
          "mode hash needs hash_key",
          "another rule has this name",
          "a policy that runs in shadow is not off",
          "the gateway listens there already",
          "everybody is one user here",
          "others than this machine could be this user",
          "one message may be larger",
          "a rule about results can deny or mask",
          "the key has fewer than",
          "the column rule",
          "is not set",
          "there is no file");

  private static final List<Object> OTHER_VALUES =
      Arrays.asList(
          null,
          true,
          false,
          0,
          1,
          -1,
          5_000_000_000L,
          1.5,
          16.0,
          new BigInteger("123456789012345678901234567890"),
          "",
          " ",
          "text",
          "Text",
          "16",
          "/pointer",
          "0s",
          "1ms",
          "60s",
          "060s",
          "25h",
          "1d",
          "2d",
          "1KB",
          "1KiB",
          "1GiB",
          "2GiB",
          "4TiB",
          "100/1h",
          "0/1h",
          "100/2d",
          "1000001/1h",
          "a:65535",
          "a:65536",
          "https://a.example/x?y",
          "https://user@a.example",
          "ftp://a.example",
          "${env:CRM_TOKEN}",
          "${env:NO_SUCH}",
          "x${env:CRM_TOKEN}",
          "${file:secrets/erp-token}",
          "2027-01-31",
          "2027-13-31",
          "2027-01-31T18:00Z",
          "strict",
          "hash",
          "user",
          "result",
          "rls",
          "person",
          "all",
          "PII_READ",
          "a b",
          "x".repeat(70),
          "x".repeat(5_000),
          List.of(),
          List.of("text"),
          List.of("user", "user"),
          List.of(1),
          List.of(List.of()),
          Map.of(),
          Map.of("text", "text"),
          Map.of("${env:X}", Map.of()));

  @TempDir private Path directory;

  private final ToolSchema schema = ToolSchema.of(ConfigSchema.tree());

  @Test
  void thePublishedSchemaIsTheOneTheReaderHas() throws IOException {
    // What to copy after a change.
    Files.writeString(Path.of("target", "governor.schema.json"), ConfigSchema.text());

    assertThat(Page.DOCS.resolve("governor.schema.json"))
        .content(StandardCharsets.UTF_8)
        .isEqualTo(ConfigSchema.text());
    assertThat(Json.of(Json.text(ConfigSchema.text()).tree()).utf8())
        .isEqualTo(Json.of(ConfigSchema.tree()).utf8());
  }

  @Test
  void thePageHasEveryKeyWithItsDefault() throws IOException {
    // What to copy after a change.
    Files.writeString(Path.of("target", "keys.md"), KeyTable.text());

    assertThat(Page.text()).contains("<!-- keys -->\n" + KeyTable.text() + "<!-- keys: end -->");
  }

  @Test
  void everyExampleOfThePageFitsTheSchemaAndIsRead() {
    assertThat(Page.examples()).isNotEmpty();
    for (String example : Page.examples()) {
      assertThat(schema.problem(Json.of(tree(example)))).isNull();
      assertThat(Page.read(directory, example).config()).isNotNull();
    }
  }

  @Test
  void theExamplesHaveEveryKey() {
    String examples = String.join("\n", Page.examples());
    for (String key : KeyTable.text().lines().skip(2).map(row -> row.split("`")[1]).toList()) {
      String last = key.substring(Math.max(key.lastIndexOf('.'), key.lastIndexOf(']')) + 1);
      assertThat(examples).as(key).containsPattern("\\b" + last + ":");
    }
  }

  @Test
  void whatTheSchemaRefusesTheReaderRefusesAndTheOtherWayRound() {
    List<String> mutants = mutants();
    int refused = 0;
    for (String mutant : mutants) {
      String bySchema = schema.problem(Json.of(tree(mutant)));
      List<Problem> byReader = problems(mutant);
      boolean isSeenByTheReaderOnly =
          !byReader.isEmpty()
              && byReader.stream()
                  .allMatch(
                      problem ->
                          SEEN_BY_THE_READER_ONLY.stream().anyMatch(problem.message()::contains));
      if (!isSeenByTheReaderOnly) {
        assertThat(byReader.isEmpty())
            .as("schema: %s%nreader: %s%nfile: %s", bySchema, byReader, mutant)
            .isEqualTo(bySchema == null);
      }
      refused += byReader.isEmpty() ? 0 : 1;
    }
    assertThat(mutants).hasSizeGreaterThan(1_500);
    assertThat(refused).isBetween(mutants.size() / 2, mutants.size() - 100);
  }

  private List<Problem> problems(String yaml) {
    try {
      Page.read(directory, yaml);
      return List.of();
    } catch (ConfigException e) {
      return e.problems();
    }
  }

  private static Object tree(String yaml) {
    Object tree = YamlReader.read(yaml, new Problems("test")).tree();
    assertThat(tree).isNotNull();
    return tree;
  }

  /** Parts of the examples, each with a value replaced, a key removed, added or renamed. */
  private static List<String> mutants() {
    List<String> mutants = new ArrayList<>();
    Consumer<Object> keep =
        tree -> mutants.add(new String(Json.of(tree).utf8(), StandardCharsets.UTF_8));
    for (String example : Page.examples()) {
      Map<?, ?> keys = (Map<?, ?>) tree(example);
      keys.forEach((key, value) -> mutate(Map.of(key, value), keep)); // the whole takes minutes
    }
    return mutants;
  }

  private static void mutate(Object value, Consumer<Object> keep) {
    if (value instanceof Map<?, ?> map) {
      changed(map, copy -> copy.put("no_such_key", "text"), keep);
      for (Object key : map.keySet()) {
        changed(map, copy -> copy.remove(key), keep);
        changed(map, copy -> copy.put(key + " x", copy.remove(key)), keep);
        changed(map, copy -> copy.put("" + key + key, copy.remove(key)), keep);
        // A third of the values for each key, another one for the next: all of them take a minute.
        for (int j = Math.floorMod(key.hashCode(), 3); j < OTHER_VALUES.size(); j += 3) {
          Object other = OTHER_VALUES.get(j);
          changed(map, copy -> copy.put("" + key, other), keep);
        }
        mutate(map.get(key), inner -> changed(map, copy -> copy.put("" + key, inner), keep));
      }
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        int index = i;
        for (int j = i; j < OTHER_VALUES.size(); j += 4) {
          Object other = OTHER_VALUES.get(j);
          keep.accept(with(list, copy -> replaced(copy, index, other)));
        }
        mutate(list.get(i), inner -> keep.accept(with(list, copy -> replaced(copy, index, inner))));
      }
    }
  }

  private static void changed(
      Map<?, ?> map, Consumer<Map<Object, Object>> change, Consumer<Object> keep) {
    Map<Object, Object> copy = new LinkedHashMap<>(map);
    change.accept(copy);
    keep.accept(copy);
  }

  private static List<Object> with(List<?> list, UnaryOperator<List<Object>> change) {
    return change.apply(new ArrayList<>(list));
  }

  private static List<Object> replaced(List<Object> list, int index, Object value) {
    list.set(index, value);
    return list;
  }
}
