package io.mcpgovernor.bench.jmh;

import io.mcpgovernor.Governor;
import io.mcpgovernor.bench.Calls;
import io.mcpgovernor.bench.DiscardingLog;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.policy.ValidationResult;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** All checks of an allowed call, against parsing its arguments once. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ValidationJmh {

  /** A governor whose users have all called before. */
  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init") // JMH calls open() first
  public static class KnownUsers {
    // Of many users, more than the processor's caches hold; of one, few, like fresh requests.
    private static final int REQUESTS_OF_MANY = 65_536;
    private static final int REQUESTS_OF_ONE = 1_024;

    /** How many users there are. */
    @Param("1")
    public int users;

    private Governor governor;
    private RequestRing requests;

    /** Grants every user the tool and calls it once for each. */
    @Setup
    public void open() {
      governor =
          users == 1
              ? TurningWindows.in(Governor.builder()).auditLog(new DiscardingLog()).build()
              : Governor.builder().auditLog(new DiscardingLog()).callsPerHour(10_000).build();
      Calls calls = new Calls(users);
      calls.allow(governor);
      for (int user = 0; user < users; user++) {
        check(governor, Calls.by(user, user));
      }
      requests = new RequestRing(calls, users == 1 ? REQUESTS_OF_ONE : REQUESTS_OF_MANY);
    }

    /** Ends the governor. */
    @TearDown
    public void close() {
      governor.close();
    }
  }

  /** Arguments of calls, as bytes. */
  @State(Scope.Thread)
  public static class Arguments {
    private final byte[] utf8 = Calls.arguments(1_234).utf8();
  }

  /** All checks of one call. */
  @Benchmark
  public ValidationResult allChecks(KnownUsers known) {
    return check(known.governor, known.requests.next());
  }

  /** The baseline: bytes to tree. */
  @Benchmark
  public @Nullable Object parseArguments(Arguments arguments) {
    return Json.utf8(arguments.utf8).tree();
  }

  private static ValidationResult check(Governor governor, CallRequest request) {
    ValidationResult result = governor.validate(request).toCompletableFuture().join();
    if (!result.isAllowed()) {
      throw new IllegalStateException("the benchmark measured a denial: " + result.reason());
    }
    return result;
  }
}
