package io.mcpgovernor.gateway.identity;

import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.gateway.disk.SharedFile;
import io.mcpgovernor.gateway.identity.KeyEntry.Change;
import io.mcpgovernor.gateway.identity.KeyEntry.Owner;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The API keys of a gateway, in a file that has only their hashes. Thread-safe; several processes
 * may use the file. What is changed counts for a gateway that runs from its next request on.
 */
public final class ApiKeys {
  /** So many keys there may be, with those that were revoked. */
  public static final int KEYS_MAX = 10_000;

  private static final int BYTES_MAX = 16 << 20;
  private static final long POLL_MILLIS = 50;

  private final Path path;
  private final SharedFile file;
  private final TimeSource time;
  private final SecureRandom random = new SecureRandom();

  private ApiKeys(Path path, TimeSource time) {
    this.path = path;
    this.file = new SharedFile(path);
    this.time = time;
  }

  /**
   * Opens the file, or starts it, with its directory.
   *
   * @throws KeyException if it can be neither read nor started
   */
  public static ApiKeys open(Path file) {
    return open(file, TimeSource.SYSTEM);
  }

  static ApiKeys open(Path file, TimeSource time) {
    ApiKeys keys = new ApiKeys(file, time);
    try {
      keys.file.create(KeyFormat.write(List.of()));
    } catch (IOException e) {
      throw keys.unwritable(e);
    }
    keys.list();
    return keys;
  }

  /**
   * Opens a file that must be there.
   *
   * @throws KeyException if it cannot be read
   */
  public static ApiKeys existing(Path file) {
    ApiKeys keys = new ApiKeys(file, TimeSource.SYSTEM);
    keys.list();
    return keys;
  }

  /**
   * A key that was made.
   *
   * @param text the key itself, which is nowhere else
   */
  public record Created(String text, KeyEntry entry) {
    /** Without the key. */
    @Override
    public String toString() {
      return "Created[" + entry + "]";
    }
  }

  /**
   * Makes a key. It counts once a gateway that uses the file has put it on record, within a second.
   *
   * @param expires null if never
   * @param by who makes it
   * @throws KeyException if the file cannot be read or written, or has as many keys as it may have
   */
  public Created create(Owner owner, @Nullable Instant expires, String by) {
    String text = ApiKey.random(random);
    String hash = HexFormat.of().formatHex(TokenHash.of(text).bytes());
    KeyEntry entry = KeyFormat.entry(hash, owner, new Change(time.now(), by, false), expires);
    change(
        keys -> {
          List<KeyEntry> more = new ArrayList<>(keys);
          if (more.size() >= KEYS_MAX) { // those before are on record, where they stay
            more.removeIf(
                key -> key.isRecorded() && key.stateAt(time.now()) != KeyEntry.State.IN_FORCE);
          }
          if (more.size() >= KEYS_MAX) {
            throw new KeyException(
                "the file of API keys "
                    + path
                    + " has "
                    + KEYS_MAX
                    + " keys already; revoke some that nobody uses",
                null);
          }
          more.add(entry);
          return more;
        });
    return new Created(text, entry);
  }

  /**
   * Takes keys back, at once.
   *
   * @param which of those that are not taken back already
   * @param by who does it
   * @return what they are then
   * @throws KeyException if the file cannot be read or written
   */
  public List<KeyEntry> revoke(Predicate<KeyEntry> which, String by) {
    List<KeyEntry> revoked = new ArrayList<>();
    change(
        keys -> {
          List<KeyEntry> all = new ArrayList<>(keys);
          all.replaceAll(
              key -> {
                if (key.revoked() != null || !which.test(key)) {
                  return key;
                }
                KeyEntry over = key.with(key.created(), new Change(time.now(), by, false));
                revoked.add(over);
                return over;
              });
          return all;
        });
    return revoked;
  }

  /**
   * All keys, in the order in which they were made, read anew.
   *
   * @throws KeyException if the file cannot be read
   */
  public List<KeyEntry> list() {
    try {
      if (file.isWritableByOthers()) {
        throw new KeyException(
            "others than its owner can write the file of API keys "
                + path
                + ", so nobody knows who made them; look through it, then take that from them:"
                + " chmod 600",
            null);
      }
      byte[] text = file.read(BYTES_MAX);
      if (text.length > BYTES_MAX) {
        throw damaged("has more than " + BYTES_MAX + " bytes", null);
      }
      return KeyFormat.read(text);
    } catch (NoSuchFileException e) {
      throw new KeyException(
          "there is no file of API keys " + path + "; 'governor keys create' starts one", e);
    } catch (IOException e) {
      throw new KeyException("the file of API keys " + path + " cannot be read: " + reason(e), e);
    } catch (MalformedJsonException e) {
      throw damaged(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Waits until a gateway that uses the file has put on record what was done with some keys.
   *
   * @return whether it has, in that time
   * @throws KeyException if the file cannot be read
   */
  public boolean areRecorded(Collection<String> ids, Duration within) throws InterruptedException {
    long until = System.nanoTime() + within.toNanos();
    while (true) {
      if (list().stream().filter(key -> ids.contains(key.id())).allMatch(KeyEntry::isRecorded)) {
        return true;
      }
      if (System.nanoTime() - until >= 0) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  SharedFile.@Nullable Stamp stamp() {
    return file.stamp();
  }

  /** Changes all keys; nothing is written if they are as they were. */
  void change(UnaryOperator<List<KeyEntry>> change) {
    try {
      file.change(
          () -> {
            List<KeyEntry> before = list();
            List<KeyEntry> after = change.apply(before);
            return after.equals(before) ? null : bounded(KeyFormat.write(after));
          });
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private byte[] bounded(byte[] text) {
    if (text.length > BYTES_MAX) {
      throw new KeyException(
          "the file of API keys " + path + " would have more than " + BYTES_MAX + " bytes", null);
    }
    return text;
  }

  private KeyException damaged(String how, @Nullable Throwable cause) {
    return new KeyException(
        "the file of API keys "
            + path
            + " is damaged: it "
            + how
            + "; put back a copy of it, or move it away and make new keys",
        cause);
  }

  private KeyException unwritable(IOException e) {
    return new KeyException("the file of API keys " + path + " cannot be written: " + reason(e), e);
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
