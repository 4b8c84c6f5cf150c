package io.mcpgovernor.method;

import io.mcpgovernor.CallOutcome;
import io.mcpgovernor.Governor;
import io.mcpgovernor.McpSecurityException;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.call.ToolHandler;
import io.mcpgovernor.call.ToolResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import tools.jackson.core.JacksonException;

/** One method of a governed interface. Thread-safe. */
final class InterfaceMethod {
  private final Governor governor;
  private final String server;
  private final MethodTool tool;
  private final Supplier<? extends @Nullable Principal> caller;

  InterfaceMethod(
      Governor governor,
      String server,
      MethodTool tool,
      Supplier<? extends @Nullable Principal> caller) {
    this.governor = governor;
    this.server = server;
    this.tool = tool;
    this.caller = caller;
  }

  /**
   * Calls the method, governed.
   *
   * @throws McpSecurityException if it is denied, fails, or its result cannot be released
   */
  @Nullable Object call(@Nullable Object[] values) {
    CallRequest request = CallRequest.of(server, tool.name(), arguments(values), caller.get());
    InterfaceCall call = new InterfaceCall(values);
    return switch (tool.returned().timing()) {
      case NOW -> call.released(governor.call(request, call));
      case STAGE -> governor.govern(request, call).thenApply(call::released);
      case MONO ->
          // Like any Mono it does nothing before it is subscribed, and each subscription is a call.
          Mono.defer(
              () -> {
                InterfaceCall each = new InterfaceCall(values);
                return Mono.fromCompletionStage(
                    governor.govern(request, each).thenApply(each::released));
              });
    };
  }

  private Json arguments(@Nullable Object[] values) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    List<MethodParameter> parameters = tool.parameters();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        arguments.put(parameters.get(i).name(), values[i]);
      }
    }
    try {
      return JavaValues.write(arguments);
    } catch (JacksonException e) {
      // Its message may quote what it could not write.
      throw new IllegalArgumentException("the arguments of " + tool + " cannot be written as JSON");
    }
  }

  /** One call of the method, which keeps what its result became. */
  private final class InterfaceCall implements ToolHandler {
    private final @Nullable Object[] values;
    private Runnable cancel = () -> {};
    private volatile @Nullable Object bound;

    InterfaceCall(@Nullable Object[] values) {
      this.values = values;
    }

    @Override
    public CompletionStage<ToolResult> run(ToolCall call) throws Exception {
      MethodTool.Started started = tool.start(allowed(call), Context.empty());
      cancel = started.cancel();
      return started.value().thenApply(value -> new ToolResult(JavaValues.write(value), false));
    }

    /** The caller's own objects, and what the engine filled in where there was none. */
    private @Nullable Object[] allowed(ToolCall call) {
      Map<String, @Nullable Object> members = call.arguments().object();
      @Nullable Object[] allowed = values.clone();
      for (int i = 0; i < allowed.length; i++) {
        MethodParameter parameter = tool.parameters().get(i);
        Object member = members.get(parameter.name());
        if (allowed[i] == null && member != null) {
          allowed[i] = JavaValues.read(Json.of(member), parameter.type());
        }
      }
      return allowed;
    }

    @Override
    public void cancel(CompletionStage<ToolResult> running) {
      cancel.run();
    }

    @Override
    public @Nullable String misfit(Json masked) {
      if (tool.returned().isVoid()) {
        return null;
      }
      try {
        bound = JavaValues.read(masked, tool.returned().type());
        return null;
      } catch (JacksonException e) {
        return "a " + tool.returned().type().getTypeName() + " cannot hold it";
      }
    }

    @Nullable Object released(CallOutcome outcome) {
      if (outcome instanceof CallOutcome.Refused refused) {
        throw new McpSecurityException(refused);
      }
      return bound;
    }
  }
}
