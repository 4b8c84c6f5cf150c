package io.mcpgovernor.bench.accuracy;

/** Sentences in which nothing is to be found. */
final class Filler {
  private static final String[] SENTENCES = {
    "Thanks for looking into this.",
    "The customer was patient and wants an answer this week.",
    "We discussed the session limits and discarded two of the options.",
    "Nothing else changed since the last release.",
    "The team in Zürich will take it from here.",
    "Please zip the files before you send them.",
    "It worked on the second attempt.",
    "I have attached the screenshots, see below.",
    "They asked for a discount of 10 percent on 3 items.",
    "The meeting was moved to room 4.12 on floor 3.",
    "Is there anything that I should do meanwhile?",
    "The café around the corner closes at 18:30.",
    "At 9:05 the lights went out for 2 minutes.",
    "The contact form does not remember the phone field.",
    "Passwords must have at least 12 characters.",
    "Nobody reads e-mail at the weekend anyway."
  };

  private Filler() {}

  static String sentence(Dice dice) {
    return dice.of(SENTENCES);
  }
}
