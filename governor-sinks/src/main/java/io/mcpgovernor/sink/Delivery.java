package io.mcpgovernor.sink;

import io.mcpgovernor.audit.LogFollower;
import io.mcpgovernor.audit.LogFollower.Line;
import io.mcpgovernor.sink.Answer.Accepted;
import io.mcpgovernor.sink.Answer.Failed;
import io.mcpgovernor.sink.Answer.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log forward, sends batch after batch, and remembers after each what has arrived. Runs
 * on one thread; told of new records and read by others.
 */
final class Delivery implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpAuditSink.class);

  /** More records refused one after the other mean a receiver that refuses everything. */
  static final int REFUSED_IN_A_ROW_MAX = 16;

  private static final Duration SAY_AGAIN = Duration.ofMinutes(1);

  private final HttpAuditSinkBuilder settings;
  private final Receiver receiver;
  private final Backoff backoff;
  private final Path cursorFile;
  private final SetAside setAside;

  // Guarded by this.
  private long kept;
  private boolean finishing;
  private Progress progress;

  // Touched by the sink's thread only.
  private Cursor delivered;
  private int refusedInARow;
  private long refused;
  private long missing;
  private long goneHere; // of them, since the log was opened
  private long saidAt;
  private boolean isFailing;
  private @Nullable Line left; // read, and did not fit into its batch

  Delivery(
      HttpAuditSinkBuilder settings,
      Receiver receiver,
      Backoff backoff,
      Path cursorFile,
      Cursor delivered,
      long newest) {
    this.settings = settings;
    this.receiver = receiver;
    this.backoff = backoff;
    this.cursorFile = cursorFile;
    this.setAside =
        new SetAside(cursorFile.resolveSibling(cursorFile.getFileName() + ".refused.jsonl"));
    this.delivered = delivered;
    this.kept = settings.isAsync ? Long.MAX_VALUE : newest;
    this.progress = new Progress(delivered.seq(), newest, 0, 0, "");
  }

  /** The log has kept a record. */
  synchronized void kept(long seq) {
    kept = Math.max(kept, seq);
    notifyAll();
  }

  /** There will be no more: what stands in the log now is all, and nothing is tried twice. */
  synchronized void finish() {
    finishing = true;
    kept = Long.MAX_VALUE;
    notifyAll();
  }

  synchronized Progress progress() {
    return progress;
  }

  @Override
  public void run() {
    try {
      while (deliver()) {
        // until there will be no more
      }
    } catch (InterruptedException e) {
      LOG.debug("The delivery to {} was ended; it goes on after the next start", receiver.name());
    }
  }

  /** Follows the log until something fails; says whether to begin again. */
  private boolean deliver() throws InterruptedException {
    left = null;
    goneHere = 0;
    try (LogFollower log =
        LogFollower.after(settings.auditDirectory, delivered.seq(), delivered.hash())) {
      while (true) {
        long upTo = kept();
        Batch batch = read(log, upTo);
        if (batch == null) {
          if (!await(upTo)) {
            return false;
          }
        } else if (!send(batch)) {
          return false;
        }
      }
    } catch (IOException e) {
      return pause("the log or the sink's own file cannot be used: " + e.getMessage(), null);
    } catch (RuntimeException e) {
      return pause("unexpected: " + e.getClass().getName(), null);
    }
  }

  private synchronized long kept() {
    return kept;
  }

  private @Nullable Batch read(LogFollower log, long upTo) throws IOException {
    List<Line> lines = new ArrayList<>();
    long bytes = 0;
    while (lines.size() < settings.recordsMax) {
      Line line = left != null ? left : log.next(upTo);
      left = null;
      if (line == null) {
        break;
      }
      bytes += line.json().length + 1;
      if (bytes > settings.bytesMax && !lines.isEmpty()) {
        left = line;
        break;
      }
      lines.add(line);
    }
    long gone = log.missing() - goneHere;
    if (gone > 0) {
      LOG.error(
          "{} audit records are gone before {} got them: retention deleted them",
          gone,
          receiver.name());
      goneHere += gone;
      missing += gone;
    }
    return lines.isEmpty() ? null : new Batch(lines);
  }

  /** Waits for more records; false if there will be none. */
  private synchronized boolean await(long upTo) throws InterruptedException {
    while (kept <= upTo && !finishing) {
      // Under ASYNC nobody knows what is kept until it stands in the file.
      wait(upTo == Long.MAX_VALUE ? 1_000 : 0);
      if (upTo == Long.MAX_VALUE) {
        return true;
      }
    }
    return kept > upTo;
  }

  /** Sends a batch until it is settled; false if that has to wait for the next start. */
  private boolean send(Batch batch) throws IOException, InterruptedException {
    while (true) {
      Answer answer = receiver.post(batch.body(settings.format, settings.gzip), headers(batch));
      if (answer instanceof Accepted) {
        refusedInARow = 0;
        advance(batch.last());
        return true;
      }
      if (answer instanceof Failed failed) {
        if (!pause(failed.problem(), failed.after())) {
          return false;
        }
      } else if (batch.lines().size() > 1) {
        return send(batch.firstHalf()) && send(batch.secondHalf());
      } else {
        int status = ((Refused) answer).status();
        if (refusedInARow < REFUSED_IN_A_ROW_MAX && setAside.hasRoom()) {
          refuse(batch.first(), status);
          return true;
        }
        if (!pause("status " + status + " for record after record", null)) {
          return false;
        }
      }
    }
  }

  private Map<String, String> headers(Batch batch) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", settings.format.contentType());
    headers.put("Idempotency-Key", batch.idempotencyKey());
    if (settings.gzip) {
      headers.put("Content-Encoding", "gzip");
    }
    return headers;
  }

  /** First set aside, then passed over: a crash in between sets it aside twice. */
  private void refuse(Line line, int status) throws IOException {
    setAside.add(line);
    refusedInARow++;
    refused++;
    LOG.error(
        "{} refuses audit record {} with status {}; it stands in {}",
        receiver.name(),
        line.seq(),
        status,
        setAside.file());
    advance(line);
  }

  private void advance(Line last) throws IOException {
    delivered = new Cursor(last.seq(), last.hash());
    delivered.write(cursorFile);
    if (isFailing) {
      LOG.info("Audit records reach {} again", receiver.name());
    }
    isFailing = false;
    backoff.reset();
    report("");
  }

  /** Says what is wrong, at most once a minute, and waits; false if there is no time for that. */
  private boolean pause(String problem, @Nullable Duration atLeast) throws InterruptedException {
    report(problem);
    long now = System.nanoTime();
    if (!isFailing || now - saidAt > SAY_AGAIN.toNanos()) {
      LOG.warn(
          "Audit records do not reach {}: {}; they wait in the log from {} on",
          receiver.name(),
          problem,
          delivered.seq() + 1);
      saidAt = now;
    }
    isFailing = true;
    long until = now + backoff.next(atLeast).toNanos();
    synchronized (this) {
      while (!finishing && System.nanoTime() < until) {
        wait(Math.max(1, (until - System.nanoTime()) / 1_000_000));
      }
      return !finishing;
    }
  }

  private synchronized void report(String problem) {
    progress = new Progress(delivered.seq(), kept, refused, missing, problem);
  }
}
