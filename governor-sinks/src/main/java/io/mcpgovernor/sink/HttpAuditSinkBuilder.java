package io.mcpgovernor.sink;

import io.mcpgovernor.audit.LogFollower;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an {@link HttpAuditSink} is made of. Not thread-safe. */
public final class HttpAuditSinkBuilder {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final int HEADERS_MAX = 32;

  final Path auditDirectory;
  private final URI receiver;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private @Nullable Supplier<String> bearer;
  private @Nullable Path cursor;
  private Duration timeout = Duration.ofSeconds(30);
  private Duration firstWait = Duration.ofMillis(500);
  private Duration longestWait = Duration.ofMinutes(1);
  BatchFormat format = BatchFormat.NDJSON;
  boolean gzip;
  boolean isAsync;
  int recordsMax = 500;
  int bytesMax = 1 << 20;

  HttpAuditSinkBuilder(URI receiver, Path auditDirectory) {
    this.receiver = safe(receiver);
    this.auditDirectory = auditDirectory;
  }

  /** Records are masked, and still nobody else's business: plain HTTP stays on this machine. */
  static URI safe(URI receiver) {
    String scheme = String.valueOf(receiver.getScheme()).toLowerCase(Locale.ROOT);
    String host = receiver.getHost();
    boolean isSafe =
        scheme.equals("https")
            || (scheme.equals("http") && host != null && THIS_MACHINE.contains(host));
    if (host == null || !isSafe || receiver.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "a receiver is an https address without a user in it, or an http address of this machine");
    }
    return receiver;
  }

  /**
   * Sends a bearer token (RFC 6750) along.
   *
   * @param token asked before each request, on the sink's thread, so that tokens may expire
   */
  public HttpAuditSinkBuilder bearer(Supplier<String> token) {
    bearer = Objects.requireNonNull(token);
    return this;
  }

  /** Sends a header along, such as the key of a collector. It is not logged. */
  public HttpAuditSinkBuilder header(String name, String value) {
    if (!HEADER_NAME.matcher(name).matches() || headers.size() == HEADERS_MAX) {
      throw new IllegalArgumentException("no header: " + name);
    }
    headers.put(name, value);
    return this;
  }

  /** How records stand in a body; one a line unless said otherwise. */
  public HttpAuditSinkBuilder format(BatchFormat format) {
    this.format = Objects.requireNonNull(format);
    return this;
  }

  /** Whether bodies are compressed; they are not unless said otherwise. */
  public HttpAuditSinkBuilder gzip(boolean gzip) {
    this.gzip = gzip;
    return this;
  }

  /**
   * How much goes in one request, 500 records and 1 MiB before compression unless said otherwise. A
   * single larger record goes alone.
   */
  public HttpAuditSinkBuilder batch(int recordsMax, int bytesMax) {
    if (recordsMax < 1 || recordsMax > 100_000 || bytesMax < 1 || bytesMax > 64 << 20) {
      throw new IllegalArgumentException("a batch has 1 to 100000 records, and at most 64 MiB");
    }
    this.recordsMax = recordsMax;
    this.bytesMax = bytesMax;
    return this;
  }

  /**
   * For a log that is kept with {@code Durability.ASYNC}, which does not say what it has kept:
   * sends whatever stands in its files. Without this, records of such a log are sent when it is
   * closed.
   */
  public HttpAuditSinkBuilder async() {
    isAsync = true;
    return this;
  }

  /** How long a request may take; 30 seconds unless said otherwise. */
  public HttpAuditSinkBuilder timeout(Duration timeout) {
    this.timeout = positive(timeout);
    return this;
  }

  /**
   * How long to wait after a failure; half a second, growing to a minute, unless said otherwise.
   */
  public HttpAuditSinkBuilder retry(Duration first, Duration longest) {
    this.firstWait = positive(first);
    this.longestWait = positive(longest);
    return this;
  }

  /**
   * The file that remembers how far the receiver has got; beside the audit directory, by the
   * receiver's host, unless said otherwise. Each receiver needs its own; one that another sink uses
   * is refused. A file next to it, {@code .refused.jsonl}, holds what was set aside.
   */
  public HttpAuditSinkBuilder cursor(Path file) {
    cursor = Objects.requireNonNull(file);
    return this;
  }

  /**
   * The sink; it begins to deliver what the log holds.
   *
   * @throws UncheckedIOException if its file or the log cannot be read, or do not belong together
   */
  public HttpAuditSink build() {
    Path file = cursor != null ? cursor : usualCursor();
    Path directory =
        Objects.requireNonNull(file.toAbsolutePath().getParent(), "a cursor is a file");
    try {
      OwnerFiles.createDirectory(directory);
      CursorLock lock = CursorLock.take(directory, file);
      try {
        return new HttpAuditSink(delivery(file), lock);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the audit sink cannot start: " + e.getMessage(), e);
    }
  }

  private Delivery delivery(Path file) throws IOException {
    Cursor delivered = Cursor.read(file);
    long newest = LogFollower.newestSeq(auditDirectory);
    if (delivered.seq() > newest) {
      throw new IOException(
          file
              + " says that record "
              + delivered.seq()
              + " was delivered, and the log ends at "
              + newest
              + ": it is another log's; delete it to send this log from its beginning");
    }
    return new Delivery(
        this,
        new Receiver(receiver, Map.copyOf(headers), bearer, timeout),
        new Backoff(firstWait, longestWait),
        file,
        delivered,
        newest);
  }

  private Path usualCursor() {
    Path directory = auditDirectory.resolveSibling(auditDirectory.getFileName() + ".sinks");
    return directory.resolve(
        (receiver.getHost() + "-" + receiver.getPort()).replaceAll("[^A-Za-z0-9.-]", "_")
            + ".cursor");
  }

  private static Duration positive(Duration duration) {
    if (duration.toMillis() < 1 || duration.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("from a millisecond to an hour");
    }
    return duration;
  }
}
