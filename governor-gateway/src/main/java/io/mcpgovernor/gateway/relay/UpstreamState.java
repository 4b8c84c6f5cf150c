package io.mcpgovernor.gateway.relay;

/** How a server looks from here, by what happened to the requests that were sent to it. */
public enum UpstreamState {
  /** Nothing is known against it. */
  UP,
  /** It failed several times, and the next request tries whether it is back. */
  TRYING,
  /** It failed several times, and is left alone for a while. */
  DOWN
}
