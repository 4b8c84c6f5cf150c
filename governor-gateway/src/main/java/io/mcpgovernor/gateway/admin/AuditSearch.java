package io.mcpgovernor.gateway.admin;

import io.mcpgovernor.audit.JsonlAuditLog;
import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through the newest part of the audit log, one search at a time, in bounded memory and time.
 * For more there is {@code governor audit search}. Thread-safe.
 */
final class AuditSearch {
  private static final Logger LOG = LoggerFactory.getLogger(AuditSearch.class);
  private static final Duration SINCE = Duration.ofHours(1);
  private static final long TIME_NANOS_MAX = Duration.ofSeconds(5).toNanos();
  private static final long BYTES_MAX = 4 << 20;
  private static final int LIMIT = 50;
  private static final int LIMIT_MAX = 500;

  /** What a record can be looked for by: the parameter, and the member it is compared with. */
  private static final Map<String, String> FIELDS =
      Map.of(
          "user", "user_id",
          "tenant", "tenant_id",
          "tool", "tool_name",
          "server", "server",
          "event", "event",
          "status", "status",
          "code", "code",
          "call", "call_id");

  private final Path directory;
  private final Semaphore one = new Semaphore(1);

  AuditSearch(Path directory) {
    this.directory = directory;
  }

  /** The newest records that fit, oldest first. */
  Reply find(AdminRequest request) throws ProblemException {
    Map<String, String> wanted = wanted(request.query());
    Instant since = Administration.moment(request.query().get("since"), "since");
    int limit = limit(request.query().get("limit"));
    if (!one.tryAcquire()) {
      return Reply.problem(503, "Another search runs; try again in a moment.")
          .with("Retry-After", "1");
    }
    try {
      Found found = new Found(wanted, limit);
      found.read(since == null ? Instant.now().minus(SINCE) : since);
      return found.reply();
    } catch (IOException e) {
      LOG.warn("The audit log could not be searched", e);
      return Reply.problem(503, "The audit log cannot be read; the gateway's log says why.");
    } finally {
      one.release();
    }
  }

  private static Map<String, String> wanted(Map<String, String> query) throws ProblemException {
    Map<String, String> wanted = new LinkedHashMap<>();
    for (Map.Entry<String, String> parameter : query.entrySet()) {
      String field = FIELDS.get(parameter.getKey());
      if (field != null) {
        wanted.put(field, parameter.getValue());
      } else if (!parameter.getKey().equals("since") && !parameter.getKey().equals("limit")) {
        throw new ProblemException(
            422, "Records are not looked for by " + parameter.getKey() + ".");
      }
    }
    return wanted;
  }

  private static int limit(@Nullable String text) throws ProblemException {
    if (text == null) {
      return LIMIT;
    }
    if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1) {
      throw new ProblemException(422, "limit is a number from 1 to " + LIMIT_MAX + ".");
    }
    return Math.min(LIMIT_MAX, Integer.parseInt(text));
  }

  /** Ends the reading of a log that takes too long. */
  private static final class EnoughException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    EnoughException() {
      super("enough", null, false, false);
    }
  }

  /** What was found so far. */
  private final class Found {
    private final Map<String, String> wanted;
    private final int limit;
    private final long until = System.nanoTime() + TIME_NANOS_MAX;
    private final Deque<Json> records = new ArrayDeque<>();
    private long bytes;
    private long matches;
    private boolean complete = true;

    Found(Map<String, String> wanted, int limit) {
      this.wanted = wanted;
      this.limit = limit;
    }

    void read(Instant since) throws IOException {
      try {
        JsonlAuditLog.readSince(directory, since, this::take);
      } catch (EnoughException e) {
        complete = false;
      }
    }

    private void take(Json record) {
      if (System.nanoTime() - until > 0) {
        throw new EnoughException();
      }
      if (!fits(record)) {
        return;
      }
      matches++;
      records.addLast(record);
      bytes += record.utf8().length;
      while (records.size() > limit || (bytes > BYTES_MAX && records.size() > 1)) {
        bytes -= records.removeFirst().utf8().length;
      }
    }

    private boolean fits(Json record) {
      Map<String, @Nullable Object> members = record.object();
      return !"checkpoint".equals(members.get("event"))
          && wanted.entrySet().stream()
              .allMatch(one -> Objects.equals(one.getValue(), members.get(one.getKey())));
    }

    Reply reply() {
      List<@Nullable Object> shown = new ArrayList<>();
      records.forEach(record -> shown.add(record.tree()));
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("records", shown);
      body.put("matches", matches);
      body.put("complete", complete && matches == shown.size());
      return Reply.json(200, Json.of(body));
    }
  }
}
