package io.mcpgovernor.cli.demo;

import java.util.List;
import java.util.Map;

/** What came of one act of the story. */
sealed interface Happening {

  /** Somebody asked for the list of tools. */
  record Listed(Caller caller, List<String> tools) implements Happening {}

  /**
   * Somebody called a tool.
   *
   * @param roundTripMicros what the client waited, microseconds
   * @param record the audit record of how it ended
   */
  record Called(
      Caller caller,
      String tool,
      Map<String, Object> arguments,
      Answer answer,
      long roundTripMicros,
      Map<String, ?> record)
      implements Happening {

    /** What governance took of the time, microseconds. */
    long overheadMicros() {
      return AuditFiles.overheadMicros(record);
    }
  }

  /**
   * Somebody made the same call many times.
   *
   * @param answers in no particular order
   * @param roundTripMicros the median, microseconds
   * @param overheadMicros the median, microseconds
   */
  record Repeated(
      Caller caller,
      String tool,
      Map<String, Object> arguments,
      List<Answer> answers,
      long roundTripMicros,
      long overheadMicros)
      implements Happening {}

  /** An administrator changed what is allowed. */
  record Changed(String what) implements Happening {}

  /**
   * Somebody looked for values in everything clients got and everything the log holds.
   *
   * @param what which values
   * @param answers how many answers were searched
   * @param logBytes how many bytes of the log were searched
   * @param places where values were found: nothing but the place, not the value
   */
  record Searched(String what, int answers, long logBytes, List<String> places)
      implements Happening {}

  /**
   * The log was compared with what clients saw.
   *
   * @param counts records of this run by event
   * @param differences what the log lacks or has too much
   */
  record Compared(Map<String, Integer> counts, List<String> differences) implements Happening {}

  /**
   * Logs were verified.
   *
   * @param what which
   * @param isWhole whether everything in them is as it was written
   * @param records how many were found right
   * @param checkpoints how many signed checkpoints there are
   * @param place where the first bad record stands; empty if there is none
   * @param reason what is wrong with it; empty if there is none
   */
  record Verified(
      String what, boolean isWhole, long records, long checkpoints, String place, String reason)
      implements Happening {}

  /**
   * Recorded calls were taken through other settings.
   *
   * @param what which settings
   * @param calls how many calls there are on record
   * @param toDenied how many of them were allowed and would be denied
   * @param toAllowed how many were denied and would be allowed
   * @param unknown how many cannot be replayed
   * @param example the first that would be denied; empty if there is none
   */
  record Tried(String what, long calls, long toDenied, long toAllowed, long unknown, String example)
      implements Happening {}

  /** The newest records were read, oldest of them first. */
  record Read(List<Map<String, ?>> records) implements Happening {}

  /** The act failed before anything could be said of it. */
  record Broken(String problem) implements Happening {}
}
