package io.mcpgovernor.bench.accuracy;

import io.mcpgovernor.bench.accuracy.JsonText.Field;
import io.mcpgovernor.bench.accuracy.JsonText.Fields;
import io.mcpgovernor.bench.accuracy.JsonText.Style;
import io.mcpgovernor.bench.accuracy.JsonText.Words;
import io.mcpgovernor.bench.accuracy.Mixture.Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Access and application logs. Not thread-safe. */
final class LogLines {
  private static final List<PiiType> IN_QUERIES =
      List.of(
          PiiType.EMAIL_ADDRESS,
          PiiType.EMAIL_ADDRESS,
          PiiType.PHONE_NUMBER,
          PiiType.US_SSN,
          PiiType.IBAN_CODE);

  private final Dice dice;
  private final Mixture mixture;

  LogLines(Dice dice) {
    this.dice = dice;
    this.mixture = new Mixture(dice);
  }

  Marked next() {
    List<Marked> lines = new ArrayList<>();
    for (int i = dice.between(4, 7); i > 0; i--) {
      lines.add(
          switch (dice.below(6)) {
            case 0 -> access();
            case 1, 2 -> logfmt();
            case 3 -> json();
            case 4 -> message();
            default -> stackTrace();
          });
    }
    return Marked.join("\n", lines).then("\n");
  }

  /** As nginx writes it. */
  private Marked access() {
    Marked time = Marked.trap(Trap.ISO_TIME, dice.pattern("1#/Mar/202#:1#:2#:3# +0000"));
    Marked line =
        PiiType.IP_ADDRESS.make(dice).then(" - - [").then(time).then("] \"GET /v1/").then(path());
    return line.then(" HTTP/1.1\" " + dice.of("200", "404", "302") + " ")
        .then(Trap.BYTE_COUNT.make(dice).replaced(dice.pattern("P#####")))
        .then(" \"-\" \"")
        .then(Trap.USER_AGENT.make(dice))
        .then("\"");
  }

  private Marked path() {
    if (dice.oneIn(2)) {
      Trap inPath = dice.of(List.of(Trap.UUID, Trap.IMAGE_AT_SCALE, Trap.GIT_HASH, Trap.STAMP_14));
      return Marked.plain(dice.of("orders/", "assets/", "sessions/")).then(inPath.make(dice));
    }
    PiiType type = dice.of(IN_QUERIES);
    Marked value = AwkwardWritings.percentEncoded(type.make(dice));
    String key = dice.of(type.wording().keys());
    return Marked.plain("customers?page=2&" + key + "=").then(value).then("&sort=asc");
  }

  private Marked logfmt() {
    List<Marked> parts = new ArrayList<>();
    parts.add(Marked.plain("ts=").then(Trap.ISO_TIME.make(dice).rewritten(LogLines::noSpace)));
    parts.add(Marked.plain("level=" + dice.of("info", "warn", "error")));
    parts.add(Marked.plain("msg=\"" + dice.of("customer updated", "import done", "slow") + "\""));
    for (Entry entry : oneLine(mixture.entries(2, 2))) {
      boolean isQuoted = entry.value().text().indexOf(' ') >= 0 || dice.oneIn(4);
      Marked value = isQuoted ? Marked.plain("\"").then(entry.value()).then("\"") : entry.value();
      parts.add(Marked.plain(mixture.key(entry) + "=").then(value));
    }
    return Marked.join(" ", parts);
  }

  private static String noSpace(int c) {
    return c == ' ' ? "T" : Character.toString(c);
  }

  private Marked json() {
    List<Field> fields = new ArrayList<>();
    fields.add(JsonText.field("time", new Words(Trap.ISO_TIME.make(dice))));
    fields.add(JsonText.field("level", new Words(Marked.plain("INFO"))));
    List<Entry> said = mixture.entries(1, 1);
    fields.add(JsonText.field("message", new Words(mixture.sentences(said))));
    Set<String> keys = new HashSet<>();
    for (Entry entry : mixture.entries(1, 2)) {
      String key = mixture.key(entry);
      if (keys.add(key)) {
        fields.add(JsonText.field(key, new Words(entry.value())));
      }
    }
    return JsonText.render(new Fields(fields), new Style(false, dice.oneIn(2), dice.oneIn(4)));
  }

  /** Time, level, thread, logger and what a programmer thought worth saying. */
  private Marked message() {
    Marked head =
        Trap.ISO_TIME
            .make(dice)
            .then(" INFO  [worker-" + dice.between(1, 64) + "] c.a.crm.CustomerSync - ");
    List<Marked> parts = new ArrayList<>();
    for (Entry entry : oneLine(mixture.entries(2, 1))) {
      String label = dice.of(entry.wording().labels());
      parts.add(Marked.plain(label + dice.of(": ", "=", " = ")).then(entry.value()));
    }
    return head.then(dice.of("updated ", "rejected ", "")).then(Marked.join("; ", parts));
  }

  private Marked stackTrace() {
    Entry entry = oneLine(mixture.entries(1, 1)).get(0);
    String key = mixture.key(entry);
    Marked cause =
        dice.oneIn(2)
            ? Marked.plain("Key (" + key + ")=(").then(entry.value()).then(") already exists")
            : Marked.plain("cannot read " + key + " '").then(entry.value()).then("'");
    StringBuilder frames = new StringBuilder();
    for (int i = dice.between(2, 4); i > 0; i--) {
      frames
          .append("\n\tat com.acme.crm.v2.")
          .append(dice.of("CustomerStore.save(CustomerStore.java:", "Sync$1.run(Sync.java:"))
          .append(dice.between(20, 2_000))
          .append(')');
    }
    return Trap.ISO_TIME
        .make(dice)
        .then(" ERROR request ")
        .then(Trap.UUID.make(dice))
        .then(" failed\njava.lang.IllegalStateException: ")
        .then(cause)
        .then(frames.toString());
  }

  private List<Entry> oneLine(List<Entry> entries) {
    List<Entry> fitting =
        new ArrayList<>(
            entries.stream().filter(entry -> entry.value().text().indexOf('\n') < 0).toList());
    if (fitting.isEmpty()) {
      fitting.add(mixture.trap(Trap.ORDER_NUMBER));
    }
    return fitting;
  }
}
