package io.mcpgovernor.gateway;

import io.mcpgovernor.Governor;
import io.mcpgovernor.gateway.catalogue.Catalogue;
import io.mcpgovernor.gateway.catalogue.Pins;
import io.mcpgovernor.gateway.relay.Relay;
import io.mcpgovernor.gateway.stdio.ChildUpstream;
import io.mcpgovernor.gateway.stdio.StdioFront;
import io.mcpgovernor.gateway.stdio.StdioFrontOptions;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The gateway over standard input and output: one client, one server, which is a process. It ends
 * with either of them. Thread-safe.
 */
public final class StdioGateway implements AutoCloseable {
  /** What waited for a server that has ended is told so; that takes no time. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final ChildUpstream child;
  private final Pins pins;
  private final Catalogue catalogue;
  private final StdioFront front;

  private StdioGateway(ChildUpstream child, Pins pins, Catalogue catalogue, StdioFront front) {
    this.child = child;
    this.pins = pins;
    this.catalogue = catalogue;
    this.front = front;
  }

  /**
   * Starts to read.
   *
   * @param governor decides; stays the caller's to close
   * @param child the server, started already: it starts while the engine does
   * @param in what the client writes
   * @param out what the client reads; nobody else may write to it
   * @throws io.mcpgovernor.gateway.catalogue.PinException if the file of pins cannot be used
   */
  public static StdioGateway start(
      Governor governor,
      ChildUpstream child,
      StdioGatewayOptions options,
      InputStream in,
      OutputStream out) {
    Pins pins = Pins.open(options.pins());
    Catalogue catalogue = new Catalogue(options.server(), governor, pins, options::newTools);
    Relay relay = new Relay(governor, catalogue, child, options.relay());
    StdioFrontOptions usual = StdioFrontOptions.DEFAULT;
    StdioFront front =
        new StdioFront(
            in,
            out,
            options.principal(),
            new StdioFrontOptions(options.relay().client(), usual.requestsMax(), usual.grace()));
    front.start(relay::handle);
    return new StdioGateway(child, pins, catalogue, front);
  }

  /**
   * Waits until the client or the server ends, and ends the other.
   *
   * @return the server's exit code
   */
  public int await() {
    CompletableFuture<Integer> ended = child.ended();
    CompletableFuture.anyOf(front.ended(), ended).join();
    if (ended.isDone()) {
      front.close(LAST_WORDS);
    } else {
      child.close();
    }
    return ended.join();
  }

  /** Ends the server, politely first, and what is left of the rest. */
  @Override
  public void close() {
    child.close();
    catalogue.close();
    pins.close();
  }
}
