package io.mcpgovernor.mcp;

import io.mcpgovernor.call.Tool;
import io.mcpgovernor.method.GovernedTool;
import io.mcpgovernor.method.MethodTool;
import io.mcpgovernor.pii.Sensitivity;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What a host declares about one of its tools. What it leaves out, the engine sees for itself. */
public final class ToolOptions {
  private final Tool.Builder tool;
  private Sensitivity sensitivity = Sensitivity.STANDARD;

  ToolOptions(Tool.Builder tool) {
    this.tool = tool;
  }

  /** What an annotation says. */
  static UnaryOperator<ToolOptions> of(GovernedTool said) {
    return options -> {
      MethodTool.declare(said, options.tool);
      options.sensitivity = said.sensitivity();
      return options;
    };
  }

  /**
   * Says that the tool reads PII, so that callers need the permission PII_READ, or that it does
   * not. Otherwise the words of its name and description decide.
   */
  public ToolOptions requiresPii(boolean requiresPii) {
    tool.requiresPii(requiresPii);
    return this;
  }

  /** Masks its results so that nothing of a masked value stays. */
  public ToolOptions strict() {
    this.sensitivity = Sensitivity.STRICT;
    return this;
  }

  /**
   * Says whether it works for one tenant. Otherwise it does if it has a tenant parameter, or once
   * access to any tenant has been granted.
   */
  public ToolOptions tenantScoped(boolean tenantScoped) {
    tool.tenantScoped(tenantScoped);
    return this;
  }

  /** Names the argument that must hold the caller's own name. */
  public ToolOptions userArgument(String name) {
    tool.userArgument(name);
    return this;
  }

  /**
   * Names the tables it reads, so that column rules can speak of them ({@code customers.ssn}) where
   * its results do not.
   */
  public ToolOptions tables(String... names) {
    tool.tables(Set.of(names));
    return this;
  }

  /** Bounds its run time. */
  public ToolOptions timeout(Duration timeout) {
    tool.timeout(timeout);
    return this;
  }

  Sensitivity sensitivity() {
    return sensitivity;
  }

  Tool tool() {
    return tool.build();
  }
}
