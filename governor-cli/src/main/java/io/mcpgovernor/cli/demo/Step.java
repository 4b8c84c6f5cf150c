package io.mcpgovernor.cli.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * One step of the story: acts, and what is expected of each.
 *
 * @param title what it is about
 * @param why what a reader should see in it
 * @param scenes in order
 */
record Step(String title, String why, List<Scene> scenes) {

  /** An act and what is expected of it. */
  record Scene(Act act, List<Expectation> expectations) {}

  /** How a scene went. */
  record Played(Happening happening, List<Expectation> expectations) {
    /** The expectations that were not met. */
    List<Expectation> unmet() {
      return expectations.stream().filter(expected -> !expected.isMetBy(happening)).toList();
    }

    boolean isGood() {
      return !(happening instanceof Happening.Broken) && unmet().isEmpty();
    }
  }

  static Step step(String title, String why, Scene... scenes) {
    return new Step(title, why, List.of(scenes));
  }

  static Scene scene(Act act, Expectation... expectations) {
    return new Scene(act, List.of(expectations));
  }

  /** Does everything in order; what breaks is a scene that went wrong, and the story goes on. */
  List<Played> play(Stage stage) {
    List<Played> played = new ArrayList<>();
    for (Scene scene : scenes) {
      played.add(new Played(happening(scene.act, stage), scene.expectations));
    }
    return played;
  }

  private static Happening happening(Act act, Stage stage) {
    try {
      return act.on(stage);
    } catch (RuntimeException e) {
      return new Happening.Broken(e.toString());
    }
  }
}
