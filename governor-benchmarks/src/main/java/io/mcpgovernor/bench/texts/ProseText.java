package io.mcpgovernor.bench.texts;

/** English sentences in paragraphs, with an accent here and there. */
final class ProseText {
  private static final String[] SUBJECTS = {
    "The customer",
    "Our team in Zürich",
    "A colleague",
    "The driver",
    "Nobody",
    "The new manager",
    "Her assistant",
    "The café owner",
    "The warehouse",
    "Everybody at the table"
  };
  private static final String[] VERBS = {
    "wrote that",
    "was not sure whether",
    "hopes that",
    "explained at length why",
    "asked whether",
    "mentioned on the way out that",
    "had already heard that"
  };
  private static final String[] CLAUSES = {
    "the delivery would come before the holidays",
    "the chairs were returned without their boxes",
    "somebody should look at the contract again",
    "the naïve plan might work after all",
    "the meeting had better be moved to another week",
    "nothing in the report explained the difference",
    "a résumé of the talks would be enough for now",
    "the garden needs more water than it gets"
  };
  private static final String[] CONTACTS = {
    "Please write to ",
    "You can call us on ",
    "The form says that the social security number is ",
    "The invoice was paid with card "
  };

  private ProseText() {}

  static SpeedText make(long seed, int bytes) {
    TextDraft draft = new TextDraft(seed);
    while (draft.size() < bytes) {
      for (int i = draft.between(3, 8); i > 0; i--) {
        sentence(draft);
      }
      draft.add("\n\n");
    }
    return draft.done("prose", false);
  }

  private static void sentence(TextDraft draft) {
    if (draft.oneIn(14)) {
      int kind = draft.oneIn(2) ? 0 : draft.between(1, 3);
      draft.add(CONTACTS[kind]).addPii(kind).add(" before the end of the week. ");
      return;
    }
    draft.add(draft.word(SUBJECTS) + " " + draft.word(VERBS) + " " + draft.word(CLAUSES));
    if (draft.oneIn(3)) {
      draft.add(", because " + draft.word(CLAUSES));
    }
    draft.add(draft.oneIn(12) ? ", all " + draft.between(2, 90) + " of them. " : ". ");
  }
}
