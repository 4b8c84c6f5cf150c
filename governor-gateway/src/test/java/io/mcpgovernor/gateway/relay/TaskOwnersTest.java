package io.mcpgovernor.gateway.relay;

import static io.mcpgovernor.gateway.relay.Texts.client;
import static io.mcpgovernor.gateway.relay.Texts.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.gateway.relay.TaskOwners.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskOwnersTest {
  private static final Task ALICES = new Task("alice", "export");

  private final TaskOwners owners = new TaskOwners(2);

  @Test
  void aTaskIsItsOwnersAndNobodyElses() {
    assertThat(owners.started("crm", "1", ALICES)).isTrue();
    assertThat(owners.find("crm", "1", "alice")).isEqualTo(ALICES);
    assertThat(owners.find("crm", "1", "bob")).isNull();
    assertThat(owners.find("erp", "1", "alice")).isNull();
    assertThat(owners.find("crm", "2", "alice")).isNull();
    assertThat(owners.find("cr", "m1", "alice")).isNull();
  }

  @Test
  void anIdThatIsSomebodysStaysTheirs() {
    owners.started("crm", "1", ALICES);
    assertThat(owners.started("crm", "1", new Task("bob", "export"))).isFalse();
    assertThat(owners.find("crm", "1", "bob")).isNull();
    assertThat(owners.started("crm", "1", new Task("alice", "other"))).isTrue();
    assertThat(owners.find("crm", "1", "alice")).isEqualTo(ALICES);
  }

  @Test
  void theOldestAreForgottenWhereThereAreTooMany() {
    for (String id : List.of("1", "2", "3")) {
      owners.started("crm", id, ALICES);
    }
    assertThat(owners.find("crm", "1", "alice")).isNull();
    assertThat(owners.find("crm", "2", "alice")).isEqualTo(ALICES);
    assertThat(owners.find("crm", "3", "alice")).isEqualTo(ALICES);
  }

  @Test
  void aStartedTaskIsToldInEitherEra() {
    assertThat(started("{'task':{'taskId':'1','status':'working'}}")).isEqualTo("1");
    assertThat(started("{'resultType':'task','taskId':'2','status':'working'}")).isEqualTo("2");
    assertThat(started("{'resultType':'complete','taskId':'2'}")).isNull();
    assertThat(started("{'content':[]}")).isNull();
    assertThat(started("{'task':'1'}")).isNull();
    assertThat(started("{'task':{'taskId':1}}")).isNull();
    assertThat(started("[]")).isNull();
    assertThat(
            TaskOwners.started(server("{'jsonrpc':'2.0','id':1,'error':{'task':{'taskId':'1'}}}")))
        .isNull();
  }

  @Test
  void whatIsAboutATaskSaysWhich() {
    for (String method :
        List.of(
            "tasks/get",
            "tasks/result",
            "tasks/update",
            "tasks/cancel",
            "notifications/tasks/status",
            "notifications/tasks")) {
      assertThat(
              TaskOwners.about(
                  client(
                      "{'jsonrpc':'2.0','id':1,'method':'"
                          + method
                          + "','params':{'taskId':'1'}}")))
          .isEqualTo("1");
    }
    assertThat(TaskOwners.about(client("{'jsonrpc':'2.0','id':1,'method':'tasks/list'}"))).isNull();
    assertThat(
            TaskOwners.about(
                client("{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'taskId':'1'}}")))
        .isNull();
  }

  private static @org.jspecify.annotations.Nullable String started(String result) {
    return TaskOwners.started(server("{'jsonrpc':'2.0','id':1,'result':" + result + "}"));
  }
}
