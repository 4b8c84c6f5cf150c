package io.mcpgovernor.gateway.catalogue;

import io.mcpgovernor.call.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the file of pins holds of one tool. At least one of the two definitions is there. Immutable.
 *
 * @param server the tool's server
 * @param name the tool's name
 * @param pinned the definition that may be called; null if none was ever approved
 * @param waiting another definition, which waits for approval; null if there is none
 * @param recorded whether the approval of {@code pinned} is on record; it does not count before
 */
public record PinnedTool(
    String server,
    String name,
    @Nullable Definition pinned,
    @Nullable Definition waiting,
    boolean recorded) {

  /** Stands for who pinned a definition if nobody did: it was the first. */
  public static final String FIRST_SEEN = "first seen";

  /**
   * A definition.
   *
   * @param pin SHA-256 over it, hexadecimal, as {@link io.mcpgovernor.call.Tool#pin} has it
   * @param since when it was pinned, or first seen if it waits
   * @param by who approved it, or {@link #FIRST_SEEN}
   * @param json the definition as the server wrote it
   */
  public record Definition(String pin, Instant since, String by, Json json) {}

  /** Whether the tool is in quarantine. */
  public boolean isQuarantined() {
    return pinned == null || waiting != null || !recorded;
  }

  /** The tool as people name it: {@code server.tool}. */
  public String fullName() {
    return server + "." + name;
  }

  /** As far as decisions need it. */
  Pin pin() {
    return new Pin(
        pinned == null ? "" : pinned.pin,
        waiting == null ? "" : waiting.pin,
        pinned == null ? FIRST_SEEN : pinned.by,
        recorded);
  }

  /**
   * A tool without its definitions.
   *
   * @param pinned the pin of the definition that may be called; empty if there is none
   * @param waiting the pin of the definition that waits; empty if there is none
   * @param by who approved
   */
  record Pin(String pinned, String waiting, String by, boolean recorded) {
    /** Whether a definition may be called. */
    boolean admits(String pin) {
      return recorded && pinned.equals(pin);
    }
  }
}
