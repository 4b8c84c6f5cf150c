package io.mcpgovernor.config.file;

/**
 * Where to listen.
 *
 * @param host a name or an IP address, that of version 6 without brackets
 * @param port from 0, which is any free one, to 65535
 */
public record Address(String host, int port) {
  /** {@code 127.0.0.1:8090}, {@code [::1]:8090}. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
