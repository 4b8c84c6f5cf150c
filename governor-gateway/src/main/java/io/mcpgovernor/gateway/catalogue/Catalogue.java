package io.mcpgovernor.gateway.catalogue;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.gateway.message.Unwritten;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tools of one server, as it listed them and as they are pinned. What it admits is registered
 * with the governor, and only what is registered can be called. Thread-safe.
 */
public final class Catalogue {
  /**
   * The catalogue of a server, empty.
   *
   * @param pins what was seen and approved before, of all servers
   */
  public Catalogue(String server, Governor governor, Pins pins) {
    Unwritten.<Object>yet();
  }

  /** The server's name. */
  public String server() {
    return Unwritten.yet();
  }

  /**
   * Takes a page of a {@code tools/list} of the server: new tools are pinned, those that are as
   * pinned registered, changed ones quarantined.
   *
   * @param tools definitions as the server wrote them; what is no definition, or cannot be used, is
   *     left out
   * @return those that may be shown and called, if the principal may, as they came and in their
   *     order
   */
  public List<Json> admit(List<Json> tools) {
    return Unwritten.yet();
  }

  /**
   * Takes all that a server listed, of every page: what is no longer there can no longer be called.
   */
  public void admitAll(List<Json> tools) {
    Unwritten.<Object>yet();
  }

  /** Whether a tool of this name is admitted, or is known and in quarantine. */
  public boolean knows(String tool) {
    return Unwritten.<Boolean>yet();
  }

  /** The definition of an admitted tool; null if there is none. */
  public @Nullable Json definition(String tool) {
    return Unwritten.yet();
  }
}
