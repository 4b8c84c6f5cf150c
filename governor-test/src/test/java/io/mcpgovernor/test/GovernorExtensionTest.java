package io.mcpgovernor.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What a test gets, and what is left of it: run by JUnit itself. */
final class GovernorExtensionTest {
  private static final List<Path> DIRECTORIES = new CopyOnWriteArrayList<>();
  private static volatile CountDownLatch bothRun = new CountDownLatch(2);

  private static EngineExecutionResults run(Class<?> tests) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(tests))
        .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
        .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
        .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
        .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
        .execute();
  }

  /** Two tests with a limit of one call, at the same time. */
  static final class OneCallEach {
    @RegisterExtension
    final GovernorExtension governed =
        GovernorExtension.of(new CustomerTools()).with(governor -> governor.callsPerHour(1));

    private void spendTheLimit() throws InterruptedException {
      DIRECTORIES.add(governed.auditDirectory());
      bothRun.countDown();
      assertThat(bothRun.await(1, TimeUnit.MINUTES)).isTrue();
      governed.assertThatCall("who_am_i").as("alice").isAllowed();
      governed.assertThatCall("who_am_i").as("alice").isDenied("rate_limit");
      governed.assertThatAudit().hasDenial("rate_limit").times(1);
      governed.clock().advance(Duration.ofHours(2));
    }

    @Test
    void one() throws InterruptedException {
      spendTheLimit();
    }

    @Test
    void another() throws InterruptedException {
      spendTheLimit();
      throw new IllegalStateException("tests fail, too");
    }
  }

  @Test
  void testsThatRunAtTheSameTimeShareNothingAndLeaveNothing() {
    DIRECTORIES.clear();
    bothRun = new CountDownLatch(2);

    EngineExecutionResults results = run(OneCallEach.class);

    results
        .testEvents()
        .assertStatistics(tests -> tests.started(2).succeeded(1).failed(1))
        .assertThatEvents()
        .haveExactly(1, event(finishedWithFailure(message("tests fail, too"))));
    assertThat(DIRECTORIES)
        .doesNotHaveDuplicates()
        .hasSize(2)
        .allSatisfy(directory -> assertThat(directory.getParent()).doesNotExist());
  }

  @Test
  void twoTestsCannotUseOneExtensionAtTheSameTime() {
    GovernorExtension shared = GovernorExtension.of(new CustomerTools());
    shared.beforeEach(null);
    try {
      assertThatIllegalStateException()
          .isThrownBy(() -> shared.beforeEach(null))
          .withMessageContaining("two tests use one GovernorExtension at the same time");
      shared.assertThatCall("who_am_i").as("alice").isAllowed();
    } finally {
      shared.afterEach(null);
    }
  }

  @Test
  void outsideOfATestThereIsNothingToAssert() {
    GovernorExtension unused = GovernorExtension.of(new CustomerTools());

    assertThatIllegalStateException()
        .isThrownBy(() -> unused.assertThatCall("who_am_i"))
        .withMessageContaining("no test is running");
  }
}
