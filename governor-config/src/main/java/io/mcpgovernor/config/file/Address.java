package io.mcpgovernor.config.file;

/**
 * Where to listen.
 *
 * @param host a name or an IP address, that of version 6 without brackets
 * @param port from 0, which is any free one, to 65535
 */
public record Address(String host, int port) {
  private static final String LOOPBACK =
      "(?i:localhost)|127(?:\\.(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})){3}"
          + "|(?:0{1,4}:){7}0{0,3}1|::0{0,3}1";

  /**
   * Whether only this machine can reach it, as far as one can see without asking for names: {@code
   * localhost}, 127.0.0.0/8 and ::1.
   */
  public boolean isLoopback() {
    return host.matches(LOOPBACK);
  }

  /** {@code 127.0.0.1:8090}, {@code [::1]:8090}. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
