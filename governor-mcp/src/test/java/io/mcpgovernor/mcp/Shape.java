package io.mcpgovernor.mcp;

import io.mcpgovernor.Governor;
import io.mcpgovernor.policy.Identity.Trust;
import java.nio.file.Path;
import java.util.List;

/** Every kind of server the SDK can make, over the transports it can have. */
enum Shape {
  SYNC,
  ASYNC,
  STATELESS_SYNC,
  STATELESS_ASYNC,
  STDIO_SYNC,
  STDIO_ASYNC;

  /** Starts a server of this shape with {@link WireTools}. */
  Wire start(Path auditDirectory, Trust trust) throws Exception {
    if (this == STDIO_SYNC || this == STDIO_ASYNC) {
      return new StdioWire(this, auditDirectory, trust);
    }
    Governor governor = WireTools.governor(auditDirectory, trust);
    return new HttpWire(governor, overHttp(WireTools.governed(governor)));
  }

  private WireServer overHttp(GovernedTools governed) throws Exception {
    List<WireTool> tools = WireTools.all();
    return switch (this) {
      case SYNC -> WireServer.sync(governed, tools.stream().map(WireTool::sync).toList());
      case ASYNC -> WireServer.async(governed, tools.stream().map(WireTool::async).toList());
      case STATELESS_SYNC ->
          WireServer.statelessSync(governed, tools.stream().map(WireTool::statelessSync).toList());
      case STATELESS_ASYNC ->
          WireServer.statelessAsync(
              governed, tools.stream().map(WireTool::statelessAsync).toList());
      default -> throw new IllegalStateException(this + " has no HTTP");
    };
  }
}
