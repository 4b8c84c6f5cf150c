package io.mcpgovernor.bench.jmh;

import io.mcpgovernor.bench.CustomerRecords;
import io.mcpgovernor.bench.SeedPatterns;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.pii.Masker;
import io.mcpgovernor.pii.Sensitivity;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Masking a result full of PII and one without any, against regular expressions. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MaskingJmh {

  /** What is masked, as bytes and as text. */
  @State(Scope.Thread)
  public static class Results {
    private static final int RECORDS = 100;
    private static final int CLEAN_BYTES = 2_048;

    private final Masker masker = Masker.standard();
    private final byte[] records = new CustomerRecords().records(RECORDS).utf8();
    private final byte[] clean = new CustomerRecords().cleanToolResult(CLEAN_BYTES).utf8();
    private final String recordsText = new String(records, StandardCharsets.UTF_8);
    private final String cleanText = new String(clean, StandardCharsets.UTF_8);
  }

  /** 100 records with four findings each. */
  @Benchmark
  public Json records(Results results) {
    return results.masker.scan(Json.utf8(results.records)).masked(Sensitivity.STANDARD);
  }

  /** Its baseline. */
  @Benchmark
  public String recordsByExpressions(Results results) {
    return SeedPatterns.mask(results.recordsText);
  }

  /** 2 KiB in which there is nothing to mask. */
  @Benchmark
  public Json clean(Results results) {
    return results.masker.scan(Json.utf8(results.clean)).masked(Sensitivity.STANDARD);
  }

  /** Its baseline. */
  @Benchmark
  public String cleanByExpressions(Results results) {
    return SeedPatterns.mask(results.cleanText);
  }
}
