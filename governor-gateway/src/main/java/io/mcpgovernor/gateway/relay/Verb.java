package io.mcpgovernor.gateway.relay;

/** What a client does at an endpoint: the methods of Streamable HTTP. */
public enum Verb {
  /** Sends a message. Over stdio, all are. */
  POST,
  /** Listens to what the server says unasked; also how a stream that broke is resumed. */
  GET,
  /** Ends its session. */
  DELETE
}
