package io.mcpgovernor.bench.accuracy;

import io.mcpgovernor.bench.accuracy.JsonText.Field;
import io.mcpgovernor.bench.accuracy.JsonText.Fields;
import io.mcpgovernor.bench.accuracy.JsonText.Items;
import io.mcpgovernor.bench.accuracy.JsonText.Literal;
import io.mcpgovernor.bench.accuracy.JsonText.Node;
import io.mcpgovernor.bench.accuracy.JsonText.Style;
import io.mcpgovernor.bench.accuracy.JsonText.Words;
import io.mcpgovernor.bench.accuracy.Mixture.Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** JSON as customer systems answer it. Not thread-safe. */
final class CrmDocuments {
  private final Dice dice;
  private final Mixture mixture;

  CrmDocuments(Dice dice) {
    this.dice = dice;
    this.mixture = new Mixture(dice);
  }

  Marked next() {
    List<Field> fields = new ArrayList<>(plainFields(mixture.entries(3, 4)));
    fields.add(JsonText.field("profile", new Fields(plainFields(mixture.entries(1, 2)))));
    fields.add(rare());
    if (dice.oneIn(2)) {
      fields.add(rare());
    }
    dice.shuffle(fields);
    return JsonText.render(new Fields(distinct(fields)), Style.any(dice));
  }

  /** What only some documents have. */
  private Field rare() {
    return switch (dice.below(8)) {
      case 0 -> JsonText.field("notes", new Words(mixture.sentences(mixture.entries(1, 2))));
      case 1 -> JsonText.field("call_log", new Words(afterLineBreak()));
      case 2 -> JsonText.field("members", byEmail());
      case 3 -> JsonText.field("custom_fields", namedValues());
      case 4 -> JsonText.field("raw_event", new Words(jsonInside(2)));
      case 5 -> JsonText.field("export", new Words(mixture.table(2, 2)));
      case 6 -> JsonText.field("form", new Words(mixture.labelLines(mixture.entries(2, 2))));
      default -> JsonText.field("history", rows());
    };
  }

  private List<Field> plainFields(List<Entry> entries) {
    List<Field> fields = new ArrayList<>();
    for (Entry entry : entries) {
      fields.add(JsonText.field(mixture.key(entry), value(entry)));
    }
    return fields;
  }

  /** A string, or for digits often a number: programs write both. */
  private Node value(Entry entry) {
    if (entry.value().isOneValue()) {
      String compact = entry.value().text().replaceAll("(?<=[0-9])[- ](?=[0-9])", "");
      if (compact.length() >= 4 && JsonText.isNumber(compact) && dice.oneIn(2)) {
        return new Literal(entry.value().replaced(compact));
      }
    }
    return new Words(entry.value());
  }

  /** So that in the file a line break, written as backslash and n, touches the number. */
  private Marked afterLineBreak() {
    Marked phone = Marked.pii(PiiType.PHONE_NUMBER, Phones.telling(dice));
    Marked email = mixture.pii(PiiType.EMAIL_ADDRESS).value();
    return Marked.plain(dice.of("Call back:\n", "Reached her by phone:\t", "Tel\n"))
        .then(phone)
        .then("\n")
        .then(email)
        .then("\nDone.");
  }

  private Node byEmail() {
    List<Field> members = new ArrayList<>();
    for (int i = dice.between(1, 3); i > 0; i--) {
      Marked email = PiiType.EMAIL_ADDRESS.make(dice);
      Entry joined = mixture.trap(Trap.ISO_DATE);
      members.add(
          new Field(
              email,
              new Fields(
                  List.of(
                      JsonText.field("role", new Words(Marked.plain("admin"))),
                      JsonText.field("joined", new Words(joined.value()))))));
    }
    return new Fields(distinct(members));
  }

  private Node namedValues() {
    List<Node> pairs = new ArrayList<>();
    for (Entry entry : mixture.entries(2, 2)) {
      String name =
          dice.oneIn(2) ? dice.of(entry.wording().labels()) : dice.of(entry.wording().keys());
      pairs.add(
          new Fields(
              List.of(
                  JsonText.field("name", new Words(Marked.plain(name))),
                  JsonText.field("value", new Words(entry.value())))));
    }
    return new Items(pairs);
  }

  private Marked jsonInside(int depth) {
    List<Field> fields = new ArrayList<>(plainFields(mixture.entries(1, 1)));
    if (depth > 1) {
      fields.add(JsonText.field("payload", new Words(jsonInside(depth - 1))));
    }
    return JsonText.render(new Fields(distinct(fields)), Style.any(dice));
  }

  private Node rows() {
    List<Node> rows = new ArrayList<>();
    for (int i = dice.between(1, 2); i > 0; i--) {
      rows.add(new Fields(distinct(plainFields(mixture.entries(1, 2)))));
    }
    return new Items(rows);
  }

  private static List<Field> distinct(List<Field> fields) {
    Set<String> keys = new HashSet<>();
    return fields.stream().filter(field -> keys.add(field.key().text())).toList();
  }
}
