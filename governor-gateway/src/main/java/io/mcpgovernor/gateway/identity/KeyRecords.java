package io.mcpgovernor.gateway.identity;

import io.mcpgovernor.Governor;
import io.mcpgovernor.gateway.disk.SharedFile;
import io.mcpgovernor.gateway.identity.KeyEntry.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts on record what was done with API keys, in the audit log of the gateway that uses them,
 * within a second. Of several gateways that use a file, one does it. Thread-safe.
 */
final class KeyRecords implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeyRecords.class);
  private static final long LOOK_MILLIS = 500;
  private static final long CLOSING_MILLIS = 5_000;

  private final ApiKeys keys;
  private final Governor governor;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  // Used by the thread alone.
  private SharedFile.@Nullable Stamp stamp;
  private String said = "";

  private KeyRecords(ApiKeys keys, Governor governor) {
    this.keys = keys;
    this.governor = governor;
    thread = Thread.ofVirtual().name("governor-keys").unstarted(this::lookAgainAndAgain);
  }

  static KeyRecords start(ApiKeys keys, Governor governor) {
    KeyRecords records = new KeyRecords(keys, governor);
    records.thread.start();
    return records;
  }

  private void lookAgainAndAgain() {
    try {
      do {
        look();
      } while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      SharedFile.Stamp now = keys.stamp();
      if (now == null || !now.equals(stamp)) {
        if (!keys.list().stream().allMatch(KeyEntry::isRecorded)) {
          keys.change(this::recorded);
        }
        stamp = now; // what could not be recorded throws, and is tried again
      }
      said = "";
    } catch (KeyException | IllegalStateException e) {
      String problem = String.valueOf(e.getMessage());
      if (!problem.equals(said)) {
        said = problem;
        LOG.error("{}; until then, no new API key counts", problem);
      }
    } catch (RuntimeException | Error e) { // whatever it is, the next look may go well
      LOG.error("The API keys could not be followed", e);
    }
  }

  private List<KeyEntry> recorded(List<KeyEntry> all) {
    List<KeyEntry> recorded = new ArrayList<>();
    for (KeyEntry key : all) {
      Change created = key.created();
      Change revoked = key.revoked();
      if (!created.recorded()) {
        governor.recordAdmin("key.create", key.details(created.by()));
      }
      if (revoked != null && !revoked.recorded()) {
        governor.recordAdmin("key.revoke", key.details(revoked.by()));
      }
      recorded.add(
          key.isRecorded()
              ? key
              : key.with(created.onRecord(), revoked == null ? null : revoked.onRecord()));
    }
    return recorded;
  }

  /** Stops looking. */
  @Override
  public void close() {
    closed.countDown();
    try {
      // No interrupt: it would close a file that is being written.
      thread.join(CLOSING_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
