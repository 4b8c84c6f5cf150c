package io.mcpgovernor.cli.gateway;

import io.mcpgovernor.Governor;
import io.mcpgovernor.gateway.StdioGateway;
import io.mcpgovernor.gateway.StdioGatewayOptions;
import io.mcpgovernor.gateway.relay.UpstreamException;
import io.mcpgovernor.gateway.stdio.ChildCommand;
import io.mcpgovernor.gateway.stdio.ChildOptions;
import io.mcpgovernor.gateway.stdio.ChildUpstream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.function.Supplier;

/** One server behind standard input and output, from its start to its end. */
final class OneRun {
  private OneRun() {}

  /**
   * Runs it.
   *
   * @param governor starts the engine, while the server starts
   * @return the server's exit code
   */
  static int run(
      ChildCommand command,
      Supplier<Governor> governor,
      StdioGatewayOptions options,
      InputStream in,
      OutputStream out,
      PrintWriter err)
      throws UpstreamException {
    ChildOptions usual = ChildOptions.DEFAULT;
    ChildUpstream child =
        ChildUpstream.start(
            command,
            new ChildOptions(
                options.relay().server(),
                usual.requestsMax(),
                usual.writeWait(),
                usual.readWait(),
                usual.goodbye()),
            line -> {
              err.println(line);
              err.flush();
            });
    try (child;
        Governor engine = governor.get();
        StdioGateway gateway = StdioGateway.start(engine, child, options, in, out)) {
      Thread end = new Thread(() -> end(gateway, engine), "run-end");
      Runtime.getRuntime().addShutdownHook(end);
      int code = gateway.await();
      try {
        Runtime.getRuntime().removeShutdownHook(end);
      } catch (IllegalStateException e) {
        // A signal came first; the hook does the same.
      }
      return code;
    }
  }

  /** A signal ends the server first, so that what it did is on record. */
  private static void end(StdioGateway gateway, Governor engine) {
    gateway.close();
    engine.close();
  }
}
