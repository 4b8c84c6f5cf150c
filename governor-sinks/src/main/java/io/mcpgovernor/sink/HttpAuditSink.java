package io.mcpgovernor.sink;

import io.mcpgovernor.audit.AuditLog.Receipt;
import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.audit.AuditSink;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Brings every record of an audit log in files to a receiver that speaks HTTP, at least once and in
 * order, whatever fails on the way.
 *
 * <p>What it sends is read from the log itself, and a small file remembers how far the receiver has
 * got. So nothing is written twice, an outage of the receiver takes no memory and no disk, and
 * after a restart it goes on where it stopped; only what the log's retention deletes before it was
 * delivered is lost, and that is counted and said. Being told of a record only wakes it, so it is
 * never too slow for its queue.
 *
 * <pre>{@code
 * Path audit = Path.of("audit");
 * Governor.builder()
 *     .auditTo(audit)
 *     .auditSink(
 *         HttpAuditSink.to(URI.create("https://logs.example.com/ingest"), audit)
 *             .bearer(() -> System.getenv("LOGS_TOKEN"))
 *             .build())
 * }</pre>
 *
 * <p>A body holds the lines of the log as they are, {@code seq}, {@code prev} and {@code hash}
 * included: a receiver tells by {@code hash} what it has already, and can verify the chain itself.
 * Each request has an {@code Idempotency-Key}, the same for the same records.
 *
 * <p>Answers: 2xx, delivered. 400, 406, 409, 411, 413, 415, 422 and 431, the body is at fault: it
 * is halved until the one record is found, which is set aside in a file; after {@value
 * Delivery#REFUSED_IN_A_ROW_MAX} of them in a row it is the receiver who is at fault, and nothing
 * more is set aside. Everything else, redirects and a wrong token included, is tried again, with
 * waits that grow to a minute, and {@code Retry-After} is honoured up to an hour.
 *
 * <p>Thread-safe; has a daemon thread of its own.
 */
public final class HttpAuditSink implements AuditSink {
  private static final long CLOSING_MILLIS = 4_000;

  private final Delivery delivery;
  private final Thread thread;

  HttpAuditSink(Delivery delivery, CursorLock lock) {
    this.delivery = delivery;
    this.thread =
        new Thread(
            () -> {
              try (lock) {
                delivery.run();
              }
            },
            "governor-http-sink");
    this.thread.setDaemon(true);
    this.thread.start();
  }

  /**
   * Starts a sink.
   *
   * @param receiver where to POST to: https, or http on this machine
   * @param auditDirectory the directory of the log whose records these are
   */
  public static HttpAuditSinkBuilder to(URI receiver, Path auditDirectory) {
    return new HttpAuditSinkBuilder(receiver, auditDirectory);
  }

  /** How far it has got. */
  public Progress progress() {
    return delivery.progress();
  }

  /** Wakes the delivery; the record itself is read from the log once that has placed it. */
  @Override
  public void accept(AuditRecord record, Receipt receipt) {
    delivery.kept(receipt.seq());
  }

  /**
   * Delivers what the log has until a request fails or four seconds are over. The rest is delivered
   * after the next start.
   */
  @Override
  public void close() {
    delivery.finish();
    boolean interrupted = false;
    try {
      thread.join(CLOSING_MILLIS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(1)); // it may be about to write its cursor
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
