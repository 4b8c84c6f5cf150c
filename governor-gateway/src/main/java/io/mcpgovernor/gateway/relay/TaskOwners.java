package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.gateway.message.JsonSlices;
import io.mcpgovernor.gateway.message.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who started which task, so that nobody else learns of it. A task nobody is known to have started
 * is nobody's. Bounded, thread-safe.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/tasks">MCP
 *     2025-11-25: tasks</a>
 */
public final class TaskOwners {
  /** Some twenty megabytes. */
  private static final int TASKS_MAX = 100_000;

  /**
   * A task that was started.
   *
   * @param principal the key of who did
   * @param tool by calling which
   */
  public record Task(String principal, String tool) {}

  private final int tasksMax;
  private final Map<TableKey, Task> tasks = new LinkedHashMap<>(); // the oldest first

  /** None yet. */
  public TaskOwners() {
    this(TASKS_MAX);
  }

  TaskOwners(int tasksMax) {
    this.tasksMax = tasksMax;
  }

  /**
   * Remembers a task. Of more than 100,000, the oldest are forgotten, and can no longer be asked
   * for.
   *
   * @return false if another principal has started a task of this id at this server, whose it
   *     stays: this one's result must not be passed on
   */
  public synchronized boolean started(String server, String taskId, Task task) {
    TableKey key = TableKey.of(server, taskId);
    Task before = tasks.get(key);
    if (before != null) {
      return before.principal().equals(task.principal());
    }
    tasks.put(key, task);
    if (tasks.size() > tasksMax) {
      tasks.remove(tasks.keySet().iterator().next());
    }
    return true;
  }

  /** A task, if this principal has started it; else null, whether or not somebody else has. */
  public synchronized @Nullable Task find(String server, String taskId, String principal) {
    Task task = tasks.get(TableKey.of(server, taskId));
    return task != null && task.principal().equals(principal) ? task : null;
  }

  /**
   * The id of the task that a result says was started, as 2025-11-25 has it ({@code task.taskId})
   * or the extension of 2026 ({@code resultType} and {@code taskId}); null if none was.
   */
  public static @Nullable String started(Message result) {
    if (result.kind() != Message.Kind.RESULT) {
      return null;
    }
    if ("task".equals(result.text("resultType"))) {
      return result.text("taskId");
    }
    Json task = result.member("task");
    if (task == null || task.utf8()[0] != '{') {
      return null;
    }
    Json id = JsonSlices.members(task).get("taskId");
    return id != null && id.tree() instanceof String text ? text : null;
  }

  /** The id of the task that a {@code tasks/*} request or a notification is about; null if none. */
  public static @Nullable String about(Message message) {
    boolean isOfTasks =
        message.method().startsWith("tasks/") || message.method().startsWith("notifications/tasks");
    return isOfTasks ? message.text("taskId") : null;
  }
}
