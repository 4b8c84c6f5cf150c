package io.mcpgovernor.bench.accuracy;

import io.mcpgovernor.bench.accuracy.Mixture.Entry;
import java.util.ArrayList;
import java.util.List;

/** What people write to each other: tickets, e-mails, minutes, chats. Not thread-safe. */
final class Letters {
  private final Dice dice;
  private final Mixture mixture;

  Letters(Dice dice) {
    this.dice = dice;
    this.mixture = new Mixture(dice);
  }

  Marked next() {
    return switch (dice.below(4)) {
      case 0 -> ticket();
      case 1 -> mail();
      case 2 -> minutes();
      default -> chat();
    };
  }

  private Marked ticket() {
    return Marked.plain("Ticket ")
        .then(Marked.trap(Trap.PHONE_IN_LONGER_ID, dice.pattern("REQ-415-555-01##-##")))
        .then(" (priority " + dice.between(1, 4) + ")\n\n")
        .then(mixture.sentences(mixture.entries(3, 4)))
        .then("\n\n")
        .then(mixture.labelLines(mixture.entries(2, 2)))
        .then("\n");
  }

  private Marked mail() {
    Marked sender = PiiType.PERSON.make(dice);
    Marked from = sender.then(" <").then(PiiType.EMAIL_ADDRESS.make(dice)).then(">");
    return Marked.plain("From: ")
        .then(from)
        .then("\nTo: ")
        .then(PiiType.EMAIL_ADDRESS.make(dice))
        .then("\nSubject: " + dice.of("Your question", "Re: delivery", "Missing parts") + "\n\n")
        .then("Hello,\n\n")
        .then(mixture.sentences(mixture.entries(3, 4)))
        .then("\n\n")
        .then(dice.oneIn(2) ? mixture.table(2, 2).then("\n\n") : Marked.EMPTY)
        .then("Kind regards\n")
        .then(sender)
        .then("\nTel. ")
        .then(mixture.pii(PiiType.PHONE_NUMBER).value())
        .then("\n");
  }

  private Marked minutes() {
    List<Marked> points = new ArrayList<>();
    for (int i = dice.between(4, 6); i > 0; i--) {
      List<Entry> one = dice.oneIn(2) ? mixture.entries(1, 0) : mixture.entries(1, 1);
      points.add(Marked.plain("- ").then(mixture.sentences(one)));
    }
    return Marked.plain("# Minutes, ")
        .then(Trap.ISO_DATE.make(dice))
        .then("\n\n")
        .then(Marked.join("\n", points))
        .then("\n\n")
        .then(mixture.table(1, 2))
        .then("\n");
  }

  private Marked chat() {
    List<Marked> lines = new ArrayList<>();
    Marked one = PiiType.PERSON.make(dice);
    Marked other = PiiType.PERSON.make(dice);
    for (int i = dice.between(4, 7); i > 0; i--) {
      Marked said =
          mixture.sentences(dice.oneIn(2) ? mixture.entries(1, 0) : mixture.entries(0, 1));
      lines.add(
          Marked.plain(dice.pattern("[1#:2#] "))
              .then(dice.oneIn(2) ? one : other)
              .then(": ")
              .then(said));
    }
    return Marked.join("\n", lines).then("\n");
  }
}
