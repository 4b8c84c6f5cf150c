package io.mcpgovernor.gateway.relay;

/**
 * A server behind the gateway, over HTTP or as processes. Implemented by the transports.
 * Thread-safe.
 */
public interface Upstream extends AutoCloseable {
  /**
   * Asks the server. Returns when the answer begins; blocks until then, or until its place in the
   * number of requests at once is free. Nothing is sent twice.
   *
   * @throws UpstreamException if there is no answer
   */
  UpstreamReply send(UpstreamRequest request) throws UpstreamException, InterruptedException;

  /** How the server looks, by what happened so far: it is not asked. */
  default UpstreamState state() {
    return UpstreamState.UP;
  }

  /** Ends connections and processes, politely first, within some seconds. */
  @Override
  void close();
}
