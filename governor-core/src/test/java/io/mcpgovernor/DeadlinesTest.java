package io.mcpgovernor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeadlinesTest {
  private static final Duration LONG = Duration.ofDays(1);

  @ParameterizedTest
  @ValueSource(longs = {10, 1_000})
  void whatDoesNotComeInTimeIsATimeout(long millis) {
    CompletableFuture<String> answer = new CompletableFuture<>();

    Deadlines.end(answer, Duration.ofMillis(millis));

    assertThatThrownBy(answer::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void oneThatBlocksItsEndDoesNotHoldUpTheOthers() {
    CompletableFuture<String> stuck = new CompletableFuture<>();
    CompletableFuture<String> release = new CompletableFuture<>();
    CompletableFuture<?> blocks = stuck.whenComplete((result, failure) -> release.join());
    List<CompletableFuture<String>> others = new ArrayList<>();
    Deadlines.end(stuck, Duration.ofSeconds(1));
    for (int i = 0; i < 3; i++) {
      CompletableFuture<String> other = new CompletableFuture<>();
      others.add(other);
      Deadlines.end(other, Duration.ofMillis(1_100));
    }

    others.forEach(
        other -> assertThatThrownBy(other::join).hasCauseInstanceOf(TimeoutException.class));
    assertThat(blocks).isNotDone();
    release.complete("");
  }

  @Test
  void whatIsThereIsForgotten() {
    int before = Deadlines.waits();
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      CompletableFuture<String> answer = new CompletableFuture<>();
      answers.add(answer);
      Deadlines.end(answer, LONG);
    }
    assertThat(Deadlines.waits()).isEqualTo(before + 100);

    answers.forEach(answer -> answer.complete("here"));
    CompletableFuture<String> late = CompletableFuture.completedFuture("there already");
    Deadlines.end(late, LONG);

    assertThat(Deadlines.waits()).isEqualTo(before);
    assertThat(late).isCompletedWithValue("there already");
  }

  @Test
  void aTimeLongerThanAnyClockIsNoTimeout() {
    CompletableFuture<String> answer = new CompletableFuture<>();

    Deadlines.end(answer, Duration.ofSeconds(Long.MAX_VALUE));
    // One that ends after the loop has looked at the first.
    CompletableFuture<String> second = new CompletableFuture<>();
    Deadlines.end(second, Duration.ofSeconds(1));
    assertThatThrownBy(second::join).hasCauseInstanceOf(TimeoutException.class);

    assertThat(answer).isNotDone();
    answer.complete("");
  }
}
