package io.mcpgovernor.mcp;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Misfit;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.call.ToolHandler;
import io.mcpgovernor.call.ToolResult;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One call of a tool, which takes along to the engine's thread what the host keeps in its caller's
 * thread-locals. Used once.
 */
final class CarriedTool implements ToolHandler {
  private final ToolHandler tool;
  private final Runnable carried;
  private @Nullable ToolCall call;
  private @Nullable CompletionStage<ToolResult> answer;
  private @Nullable Exception failure;

  /**
   * Made on the caller's thread, because that is where the values are.
   *
   * @param carry makes a task that runs with the thread-locals of the thread it is made on
   */
  CarriedTool(ToolHandler tool, UnaryOperator<Runnable> carry) {
    this.tool = tool;
    Runnable task = () -> {};
    try {
      task = carry.apply(this::runHere);
    } catch (RuntimeException e) {
      failure = e; // thrown where the engine sees it, and puts it on record
    }
    this.carried = task;
  }

  @Override
  public CompletionStage<ToolResult> run(ToolCall allowed) throws Exception {
    call = allowed;
    carried.run();
    if (failure != null) {
      throw failure;
    }
    return Objects.requireNonNull(answer, "the task that carries thread-locals did not run");
  }

  private void runHere() {
    try {
      answer = tool.run(Objects.requireNonNull(call));
    } catch (Exception e) {
      failure = e;
    }
  }

  @Override
  public void cancel(CompletionStage<ToolResult> running) {
    tool.cancel(running);
  }

  @Override
  public @Nullable String misfit(Json masked) {
    return tool.misfit(masked);
  }

  @Override
  public List<Misfit> misfits(Json masked) {
    return tool.misfits(masked);
  }
}
