package io.mcpgovernor.cli.audit;

import io.mcpgovernor.ValueSearch;
import io.mcpgovernor.audit.AuditKeys;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes logs of made-up calls, for benchmarks and tests: 200 users of 20 tenants, 30 tools,
 * denials, failures, hashes of masked values; with the hash chain of a real log, but with
 * checkpoints that nobody signed, and with a value key beside it. The same seed gives the same
 * bytes. Not thread-safe.
 */
public final class SampleLog implements AutoCloseable {
  /** How many users there are: {@code user-0} and so on. */
  public static final int USERS = 200;

  /** How many tools there are. */
  public static final int TOOLS = 30;

  /** How many people the calls are about: each has one value. */
  static final int VALUES = 5_000;

  private static final int TENANTS = 20;
  private static final String NO_HASH = "0".repeat(64);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private static final String[] VERBS = {"get", "list", "search", "update", "export"};
  private static final String[] THINGS = {
    "customer", "order", "invoice", "ticket", "document", "report"
  };
  private static final String[] DENIALS = {
    "rate_limit", "rls", "pii_access", "complexity", "schema", "rule:office_hours"
  };

  private final Path directory;
  private final Random random;
  private final int segmentRecords;
  private final boolean gzip;
  private final MessageDigest sha256;
  private final ValueSearch values;
  private final Map<String, String> hashes = new HashMap<>();

  private OutputStream out = OutputStream.nullOutputStream();
  private int segment;
  private int inSegment;
  private long seq;
  private long calls;
  private long micros;
  private String prev = NO_HASH;

  /**
   * Begins a log.
   *
   * @param directory is made if it is not there
   * @param seed of all that is random
   * @param segmentRecords after how many records a new segment begins
   * @param gzip whether all segments are compressed
   */
  public SampleLog(Path directory, long seed, int segmentRecords, boolean gzip) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.random = new Random(seed);
    this.segmentRecords = segmentRecords;
    this.gzip = gzip;
    byte[] key = new byte[32];
    random.nextBytes(key);
    this.values = new ValueSearch(key);
    Files.createDirectories(keys(directory));
    Files.writeString(
        keys(directory).resolve("value-" + values.keyId() + ".key"),
        HexFormat.of().formatHex(key) + "\n");
    this.micros = START.getEpochSecond() * 1_000_000;
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A tool's name. */
  public static String tool(int i) {
    return VERBS[i % VERBS.length] + "_" + THINGS[i / VERBS.length % THINGS.length];
  }

  /** The value of a person, which records about them hold hashed. */
  static String value(int i) {
    return "person" + i + "@example.com";
  }

  /** The directory of the log's keys: where searches look for them. */
  private static Path keys(Path log) {
    return AuditKeys.beside(log);
  }

  /** Makes the hash of a value, as records of a tenant hold it. */
  private String valueHash(String tenant, int i) {
    return hashes.computeIfAbsent(
        tenant + " " + i,
        key -> values.hashes(List.of(tenant), value(i), "email").iterator().next());
  }

  /** Writes calls until there are that many records more, or one more than that. */
  void write(long records) throws IOException {
    for (long end = seq + records; seq < end; ) {
      call();
    }
  }

  /** Writes one record: {@code fields} are its JSON members without the chain, and no braces. */
  public void record(String fields) throws IOException {
    turnIfFull();
    append(fields);
  }

  private void turnIfFull() throws IOException {
    if (inSegment >= segmentRecords || segment == 0) {
      nextSegment();
    }
  }

  /** Begins a new segment, with a checkpoint if it is not the first. */
  void nextSegment() throws IOException {
    out.close();
    segment++;
    inSegment = 0;
    String name = String.format(Locale.ROOT, "audit-%06d.jsonl", segment);
    OutputStream file = Files.newOutputStream(directory.resolve(gzip ? name + ".gz" : name));
    out = new BufferedOutputStream(gzip ? new GZIPOutputStream(file, 1 << 16) : file, 1 << 16);
    if (seq > 0) {
      append(
          names("system", null, "audit.checkpoint")
              + ",\"arguments\":null,\"result\":null,\"validation\":null,\"execution_time_ms\":0.0"
              + ",\"error\":null,\"status\":\"success\",\"event\":\"checkpoint\""
              + ",\"checkpoint\":{\"size\":"
              + seq
              + ",\"note\":\"unsigned\",\"frontier\":[]}");
    }
  }

  /** Bytes as they are, such as a line that is none. */
  void raw(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Hands everything to the file. */
  void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** The first fields of a record, one to two milliseconds after the last one. */
  public String head(String user, @Nullable String tenant, String tool) throws IOException {
    turnIfFull();
    return names(user, tenant, tool);
  }

  private String names(String user, @Nullable String tenant, String tool) {
    micros += 1_000 + random.nextInt(1_000);
    Instant at = Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
    return "\"timestamp\":\""
        + TIME.format(at)
        + "\",\"user_id\":\""
        + user
        + "\",\"tenant_id\":"
        + (tenant == null ? "null" : "\"" + tenant + "\"")
        + ",\"tool_name\":\""
        + tool
        + "\"";
  }

  private void call() throws IOException {
    int user = random.nextInt(USERS);
    String name = "user-" + user;
    String tenant = "tenant-" + user % TENANTS;
    String tool = tool(random.nextInt(TOOLS));
    String callId = String.format(Locale.ROOT, "c-%016x", ++calls * 0x9E3779B97F4A7C15L);
    String arguments =
        ",\"arguments\":{\"customer_id\":\"C-"
            + random.nextInt(1_000_000)
            + "\",\"fields\":[\"name\",\"email\"],\"limit\":"
            + random.nextInt(100)
            + "}";
    String call =
        ",\"call_id\":\""
            + callId
            + "\",\"principal_source\":\"jwt\",\"principal_issuer\":\"https://login.example.com\""
            + ",\"server\":\"crm\",\"tool_pin\":\"3f5a9c0e7d\"";
    int kind = random.nextInt(100);
    if (kind < 5) {
      String code = DENIALS[random.nextInt(DENIALS.length)];
      record(
          head(name, tenant, tool)
              + arguments
              + ",\"result\":null,\"validation\":{\"is_allowed\":false,\"reason\":\"Not allowed here.\""
              + ",\"suggestions\":[\"Ask for access.\"],\"failed_policy\":\""
              + code
              + "\",\"metadata\":{},\"trace\":[]},\"execution_time_ms\":0.0"
              + ",\"error\":\"Not allowed here.\",\"status\":\"error\",\"event\":\"denied\""
              + call
              + ",\"code\":\""
              + code
              + "\",\"executed\":\"no\",\"overhead_us\":"
              + (20 + random.nextInt(80))
              + ",\"bytes\":0");
      return;
    }
    record(
        head(name, tenant, tool)
            + arguments
            + ",\"result\":null,\"validation\":{\"is_allowed\":true,\"reason\":\"All checks passed.\""
            + ",\"suggestions\":[],\"failed_policy\":null,\"metadata\":{\"call_count\":"
            + random.nextInt(100)
            + ",\"limit\":100,\"complexity_score\":"
            + random.nextInt(90)
            + "},\"trace\":[]},\"execution_time_ms\":0.0,\"error\":null"
            + ",\"status\":\"pending\",\"event\":\"attempt\""
            + call
            + ",\"grants_epoch\":7");
    boolean failed = kind < 8;
    record(
        head(name, tenant, tool)
            + ",\"arguments\":null,\"result\":"
            + (failed
                ? "null"
                : "{\"content\":[{\"type\":\"text\",\"text\":\"{\\\"name\\\":\\\"John Doe\\\","
                    + "\\\"email\\\":\\\"***@***.com\\\",\\\"orders\\\":"
                    + random.nextInt(1_000)
                    + "}\"}],\"isError\":false}")
            + ",\"validation\":null,\"execution_time_ms\":"
            + (1 + random.nextInt(200_000)) / 1_000.0
            + ",\"error\":"
            + (failed ? "\"The tool failed.\"" : "null")
            + ",\"status\":\""
            + (failed ? "error" : "success")
            + "\",\"event\":\"outcome\""
            + call
            + (failed
                ? ",\"code\":\"tool_error\",\"executed\":\"unknown\""
                : ",\"masked\":{\"counts\":{\"email\":1},\"pointers\":[\"/content/0/text\"]}"
                    + ",\"values\":[\""
                    + valueHash(tenant, random.nextInt(VALUES))
                    + "\",\""
                    + valueHash(tenant, random.nextInt(VALUES))
                    + "\"],\"values_key\":\""
                    + values.keyId()
                    + "\"")
            + ",\"overhead_us\":"
            + (40 + random.nextInt(400))
            + ",\"bytes\":"
            + random.nextInt(4_000));
  }

  private void append(String fields) throws IOException {
    seq++;
    inSegment++;
    byte[] hashed =
        ("{" + fields + ",\"seq\":" + seq + ",\"prev\":\"" + prev + "\"")
            .getBytes(StandardCharsets.UTF_8);
    prev = HexFormat.of().formatHex(sha256.digest(hashed));
    out.write(hashed);
    out.write((",\"hash\":\"" + prev + "\"}\n").getBytes(StandardCharsets.UTF_8));
  }
}
