package io.mcpgovernor.config.file;

import java.util.ArrayList;
import java.util.List;

/** The pattern of the whole numbers between two, so that schemas can say ranges of texts. */
final class DigitRange {
  private DigitRange() {}

  /**
   * Matches the numbers from one to another, written without leading zeros.
   *
   * @param from at least 0
   * @param to at least {@code from}
   */
  static String pattern(long from, long to) {
    List<String> patterns = new ArrayList<>();
    long low = from;
    while (low <= to) {
      int digits = Long.toString(low).length();
      long high = Math.min(to, Long.parseLong("9".repeat(digits)));
      patterns.add(sameLength(Long.toString(low), Long.toString(high)));
      if (high == to) {
        break;
      }
      low = high + 1;
    }
    return patterns.size() == 1 ? patterns.get(0) : "(?:" + String.join("|", patterns) + ")";
  }

  private static String sameLength(String low, String high) {
    int rest = low.length() - 1;
    if (rest < 0) {
      return "";
    }
    char first = low.charAt(0);
    char last = high.charAt(0);
    String lowRest = low.substring(1);
    String highRest = high.substring(1);
    if (first == last) {
      return first + sameLength(lowRest, highRest);
    }
    List<String> patterns = new ArrayList<>();
    boolean isLowFull = lowRest.equals("0".repeat(rest));
    boolean isHighFull = highRest.equals("9".repeat(rest));
    if (!isLowFull) {
      patterns.add(first + sameLength(lowRest, "9".repeat(rest)));
    }
    char from = isLowFull ? first : (char) (first + 1);
    char to = isHighFull ? last : (char) (last - 1);
    if (from <= to) {
      patterns.add((from == to ? "" + from : "[" + from + "-" + to + "]") + any(rest));
    }
    if (!isHighFull) {
      patterns.add(last + sameLength("0".repeat(rest), highRest));
    }
    return patterns.size() == 1 ? patterns.get(0) : "(?:" + String.join("|", patterns) + ")";
  }

  private static String any(int digits) {
    return switch (digits) {
      case 0 -> "";
      case 1 -> "[0-9]";
      default -> "[0-9]{" + digits + "}";
    };
  }
}
