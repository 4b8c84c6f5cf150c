package io.mcpgovernor.bench.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * nginx as a reverse proxy and nothing else, as one who wants speed sets it up: connections to the
 * upstream are kept, no log, responses in buffers that hold a large part of them and never on disk.
 */
final class Nginx implements AutoCloseable {
  private static final int START_MILLIS = 10_000;
  private static final int END_SECONDS = 10;

  private final Process process;
  private final URI uri;

  private Nginx(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /** Where it is installed, if it is. */
  static Optional<Path> installed() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(path.split(java.io.File.pathSeparator)), Stream.of("/usr/sbin"))
        .map(directory -> Path.of(directory, "nginx"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts it in front of this upstream.
   *
   * @param directory for its files
   * @throws IOException if it does not start
   */
  static Nginx start(Path binary, Path directory, URI upstream) throws IOException {
    int port = freePort();
    // Root's workers would be nobody, who may not enter the directory.
    String user = System.getProperty("user.name", "").equals("root") ? "user root;" : "";
    Path file = directory.resolve("nginx.conf");
    Files.writeString(file, configuration(user, upstream, port));
    Process process =
        new ProcessBuilder(
                List.of(binary.toString(), "-p", directory.toString(), "-c", file.toString()))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("nginx.out").toFile())
            .start();
    Nginx nginx =
        new Nginx(process, URI.create("http://127.0.0.1:" + port + upstream.getRawPath()));
    if (!nginx.listens(port)) {
      nginx.close();
      throw new IOException(
          "nginx does not start: " + Files.readString(directory.resolve("nginx.out")));
    }
    return nginx;
  }

  private static String configuration(String user, URI upstream, int port) {
    return """
        daemon off;
        %s
        worker_processes auto;
        pid nginx.pid;
        error_log error.log warn;
        events { worker_connections 4096; }
        http {
          access_log off;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          keepalive_requests 1000000000;
          keepalive_timeout 1h;
          tcp_nodelay on;
          upstream light {
            server %s;
            keepalive 256;
            keepalive_requests 1000000000;
            keepalive_timeout 1h;
          }
          server {
            listen 127.0.0.1:%d;
            location / {
              proxy_pass http://light;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_buffer_size 64k;
              proxy_buffers 16 64k;
              proxy_busy_buffers_size 512k;
              proxy_max_temp_file_size 0;
            }
          }
        }
        """
        .formatted(user, upstream.getAuthority(), port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean listens(int port) {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MILLIS);
    while (System.nanoTime() < until && process.isAlive()) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), START_MILLIS);
        return true;
      } catch (IOException e) {
        Thread.onSpinWait(); // refused at once, until it listens
      }
    }
    return false;
  }

  Target target() {
    return new Target("nginx", uri, new ProcessFigures(process.toHandle()), Target.Masking.PASSES);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
