package io.mcpgovernor.cli.doctor;

import io.mcpgovernor.config.file.Address;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Whether the gateway can listen where it shall. */
final class PortCheck {
  private PortCheck() {}

  /**
   * Tries it, for a moment.
   *
   * @param what the key of the address
   * @param isRunning whether a gateway with this log runs already
   */
  static Finding look(String what, Address address, boolean isRunning) {
    InetSocketAddress at = new InetSocketAddress(address.host(), address.port());
    if (at.isUnresolved()) {
      return Finding.fail(
          what,
          "the name " + address.host() + " is not known here",
          "write an address of this machine");
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(at, 1);
      return Finding.ok(what, address + " is free");
    } catch (IOException e) {
      return isRunning
          ? Finding.ok(what, address + " is taken, most likely by the gateway that writes the log")
          : Finding.fail(
              what,
              address + " cannot be had (" + e.getMessage() + ")",
              "end what listens there, or set " + what + " to another address");
    }
  }
}
