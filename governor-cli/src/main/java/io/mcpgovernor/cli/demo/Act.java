package io.mcpgovernor.cli.demo;

import java.util.Map;
import java.util.Set;

/** One thing somebody does. */
@FunctionalInterface
interface Act {
  Happening on(Stage stage);

  /** Asks for the list of tools. */
  static Act list(Caller caller) {
    return stage -> stage.list(caller);
  }

  /** Calls a tool. */
  static Act call(Caller caller, String tool, Map<String, Object> arguments) {
    return stage -> stage.call(caller, tool, arguments);
  }

  /** Makes the same call many times, several at once. */
  static Act repeat(int times, Caller caller, String tool, Map<String, Object> arguments) {
    return stage -> stage.repeat(times, caller, tool, arguments);
  }

  /** Changes what somebody may do. */
  static Act administer(String what, GrantChange change) {
    return stage -> {
      stage.administer(change);
      return new Happening.Changed(what);
    };
  }

  /** Looks for a value in all answers and in the log. */
  static Act search(String value) {
    return stage -> stage.search(value, Set.of(value));
  }

  /** Looks for the personal data of all customers in all answers and in the log. */
  static Act searchForPersonalData() {
    return stage -> stage.search("any customer's e-mail, phone, SSN or card", stage.personalData());
  }

  /** Compares the log with what the clients saw. */
  static Act compareWithLog() {
    return Stage::compareWithLog;
  }

  /** Verifies the log. */
  static Act verifyLog() {
    return Stage::verifyLog;
  }

  /** Changes a byte in a copy of the log, and verifies that. */
  static Act verifyChangedCopy() {
    return Stage::verifyChangedCopy;
  }

  /** Takes the log through a limit of so many calls an hour. */
  static Act replayWithCallsPerHour(int calls) {
    return stage -> stage.replay(calls + " calls an hour", builder -> builder.callsPerHour(calls));
  }

  /** Reads the newest records. */
  static Act readLog(int records) {
    return stage -> new Happening.Read(stage.newestRecords(records).reversed());
  }
}
