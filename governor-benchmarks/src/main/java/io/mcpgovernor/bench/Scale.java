package io.mcpgovernor.bench;

/**
 * How much is measured.
 *
 * @param rounds rounds of each measurement; figures are the median over them
 * @param perRound calls in a round
 * @param users users known where many are
 * @param contentionRounds how often threads fight over one user's limit
 */
public record Scale(int rounds, int perRound, int users, int contentionRounds) {
  /** What figures are reported from. */
  public static final Scale FULL = new Scale(5, 50_000, 1_000_000, 1_000);

  /** Shows that the benchmark works; its figures mean nothing. */
  public static final Scale QUICK = new Scale(2, 500, 2_000, 20);
}
