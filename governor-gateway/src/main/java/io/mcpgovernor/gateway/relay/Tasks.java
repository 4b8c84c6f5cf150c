package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.config.ResultSchema;
import io.mcpgovernor.gateway.message.JsonSlices;
import io.mcpgovernor.gateway.message.Message;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tasks are their owners': whoever started one may ask for it, and what it says is masked as the
 * tool's that started it. To everybody else it is not there. Thread-safe.
 */
final class Tasks {
  private static final String LIST = "tasks/list";

  private final Route route;

  Tasks(Route route) {
    this.route = route;
  }

  /** Takes note if a result says that a task was started. */
  void started(Message result, CallRequest call, String principal) {
    String id = TaskOwners.started(result);
    if (id != null
        && !route
            .tasks()
            .started(route.server(), id, new TaskOwners.Task(principal, call.tool()))) {
      throw new IllegalStateException("the server gave a task an id that another user's has");
    }
  }

  /** How a request about tasks is governed. */
  Governed governed(Incoming request, CallRequest call) {
    String principal = request.principal().key();
    if (request.message().method().equals(LIST)) {
      return new Governed(
          call,
          false,
          ResultSchema.NONE,
          UnaryOperator.identity(),
          (raw, masked) -> own(masked, principal));
    }
    TaskOwners.Task task = find(request);
    Governed plain = Governed.method(call);
    return task == null
        ? plain
        : new Governed(
            call,
            false,
            plain.results(),
            value -> route.governor().mask(value, route.server(), task.tool()),
            plain.last());
  }

  /** Whether a request is about a task that its caller is not known to have started. */
  boolean isForeign(Incoming request) {
    return TaskOwners.about(request.message()) != null && find(request) == null;
  }

  /**
   * The same request about a task that nobody has, so that the server answers as it does for any
   * that does not exist.
   */
  Incoming ofNobody(Incoming request) {
    String id = "none-" + UUID.randomUUID();
    Headers headers = request.headers();
    return new Incoming(
        request.exchange(),
        headers.get(Headers.NAME) == null ? headers : headers.with(Headers.NAME, id),
        request.message().withMember("taskId", Json.of(id)),
        request.era(),
        request.caller());
  }

  private TaskOwners.@Nullable Task find(Incoming request) {
    String id = TaskOwners.about(request.message());
    return id == null ? null : route.tasks().find(route.server(), id, request.principal().key());
  }

  private Message own(Message list, String principal) {
    Json tasks = list.member("tasks");
    if (tasks == null) {
      return list;
    }
    List<Json> all = JsonSlices.items(tasks);
    List<Json> own =
        all.stream()
            .filter(
                task ->
                    task.object().get("taskId") instanceof String id
                        && route.tasks().find(route.server(), id, principal) != null)
            .toList();
    return own.size() == all.size() ? list : list.withMember("tasks", JsonSlices.array(own));
  }
}
