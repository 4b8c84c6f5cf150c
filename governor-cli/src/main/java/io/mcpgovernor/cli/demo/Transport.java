package io.mcpgovernor.cli.demo;

/** How clients reach the server of the story. */
public enum Transport {
  /** One server for all callers, who bear tokens. */
  HTTP,
  /** A server of one's own for each caller, who started it. */
  STDIO
}
