package io.mcpgovernor.gateway;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/**
 * A process whose standard input and output are the two ends of a socket of the test's, which so
 * plays a server over stdio. It ends when either side does.
 */
final class JoinedProcess {
  private JoinedProcess() {}

  public static void main(String[] arguments) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
    Thread out =
        new Thread(
            () -> {
              copy(socket, new FileOutputStream(FileDescriptor.out));
              Runtime.getRuntime().halt(7);
            });
    out.start();
    copy(System.in, socket.getOutputStream());
    Runtime.getRuntime().halt(0);
  }

  private static void copy(Socket from, OutputStream to) {
    try {
      copy(from.getInputStream(), to);
    } catch (IOException e) {
      // The end, like any other.
    }
  }

  private static void copy(InputStream from, OutputStream to) {
    byte[] buffer = new byte[65_536];
    try {
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        to.write(buffer, 0, read);
        to.flush();
      }
    } catch (IOException e) {
      // The end, like any other.
    }
  }
}
