package io.mcpgovernor.bench.jmh;

import io.mcpgovernor.CallOutcome;
import io.mcpgovernor.Governor;
import io.mcpgovernor.audit.Durability;
import io.mcpgovernor.bench.BareRecords;
import io.mcpgovernor.bench.Calls;
import io.mcpgovernor.bench.CustomerRecords;
import io.mcpgovernor.bench.DiscardingLog;
import io.mcpgovernor.bench.TemporaryDirectory;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.ToolResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A whole governed call of a tool that does nothing and answers 2 KiB in which there is nothing to
 * mask: decided, put on record, run, scanned, put on record, released.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CallJmh {
  private static final int USERS = 1_000;
  private static final int REQUESTS = 1_024;
  private static final int RESULT_BYTES = 2_048;

  /** The tool and those who call it. */
  @State(Scope.Thread)
  public static class Tool {
    private final Calls calls = new Calls(USERS);
    private final RequestRing requests = new RequestRing(calls, REQUESTS);
    private final byte[] result = new CustomerRecords().cleanToolResult(RESULT_BYTES).utf8();

    /** Answers as if it had just made its result; costs 80 bytes. */
    private CompletionStage<ToolResult> run() {
      return CompletableFuture.completedFuture(new ToolResult(Json.utf8(result), false));
    }

    private Json call(Governor governor) {
      CallRequest request = requests.next();
      if (governor.call(request, call -> run()) instanceof CallOutcome.Released released) {
        return released.result();
      }
      throw new IllegalStateException("the benchmark measured a denial");
    }
  }

  /** A governor whose records go nowhere. */
  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init") // JMH calls open() first
  public static class Unrecorded {
    private Governor governor;

    /** Starts it. */
    @Setup
    public void open(Tool tool) {
      governor = TurningWindows.in(Governor.builder()).auditLog(new DiscardingLog()).build();
      tool.calls.allow(governor);
    }

    /** Ends it. */
    @TearDown
    public void close() {
      governor.close();
    }
  }

  /** A governor whose records are handed to the operating system. */
  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init") // JMH calls open() first
  public static class Flushed {
    private TemporaryDirectory directory;
    private Governor governor;

    /** Starts it. */
    @Setup
    public void open(Tool tool) {
      directory = new TemporaryDirectory();
      governor =
          TurningWindows.in(Governor.builder())
              .auditTo(directory.path())
              .durability(Durability.FLUSH)
              .build();
      tool.calls.allow(governor);
    }

    /** Ends it and deletes its log. */
    @TearDown
    public void close() {
      governor.close();
      directory.close();
    }
  }

  /** A file that takes records of the size that calls have. */
  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init") // JMH calls open() first
  public static class Bare {
    private static final int SAMPLE = 100;

    private BareRecords records;

    /** Finds out how large records are, and opens the file. */
    @Setup
    public void open(Tool tool, Flushed flushed) {
      long before = flushed.directory.bytes();
      for (int i = 0; i < SAMPLE; i++) {
        tool.call(flushed.governor);
      }
      int recordBytes = (int) ((flushed.directory.bytes() - before) / (2 * SAMPLE));
      records = new BareRecords(recordBytes, Durability.FLUSH);
    }

    /** Closes and deletes the file. */
    @TearDown
    public void close() {
      records.close();
    }
  }

  /** The engine alone. */
  @Benchmark
  public Json engine(Tool tool, Unrecorded unrecorded) {
    return tool.call(unrecorded.governor);
  }

  /** Its baseline: what the benchmark itself does for each call. */
  @Benchmark
  public void ungoverned(Tool tool, Blackhole blackhole) {
    blackhole.consume(tool.requests.next());
    blackhole.consume(tool.run());
  }

  /** With the audit log. */
  @Benchmark
  public Json flushed(Tool tool, Flushed flushed) {
    return tool.call(flushed.governor);
  }

  /** Its baseline: the two writes and nothing else. */
  @Benchmark
  public void bareWrites(Bare bare) {
    bare.records.write();
    bare.records.write();
  }
}
