package io.mcpgovernor.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Duration IDLE = Duration.ofMinutes(30);

  private final HandTurnedClock clock = new HandTurnedClock();
  private final List<String> ended = new ArrayList<>();
  private final Sessions<String> sessions = new Sessions<>(clock, IDLE, 4, 3, ended::add);

  @Test
  void aSessionIsThereForItsPrincipalAlone() {
    assertThat(sessions.open("crm", "alice", "1", "kept")).isTrue();
    assertThat(sessions.find("crm", "alice", "1")).isEqualTo("kept");
    assertThat(sessions.find("crm", "bob", "1")).isNull();
    assertThat(sessions.find("erp", "alice", "1")).isNull();
    assertThat(sessions.find("crm", "alice", "2")).isNull();
    assertThat(sessions.end("crm", "bob", "1")).isNull();
    assertThat(sessions.end("crm", "alice", "1")).isEqualTo("kept");
    assertThat(sessions.find("crm", "alice", "1")).isNull();
    assertThat(sessions.end("crm", "alice", "1")).isNull();
    assertThat(ended).isEmpty(); // who ends it has what was kept
  }

  @Test
  void anIdThatIsAnothersIsNotTaken() {
    sessions.open("crm", "alice", "1", "alices");
    assertThat(sessions.open("crm", "bob", "1", "bobs")).isFalse();
    assertThat(sessions.find("crm", "alice", "1")).isEqualTo("alices");
    assertThat(sessions.find("crm", "bob", "1")).isNull();
    assertThat(sessions.open("erp", "bob", "1", "bobs")).isTrue();
    assertThat(sessions.open("crm", "alice", "1", "newer")).isTrue();
    assertThat(sessions.find("crm", "alice", "1")).isEqualTo("newer");
    assertThat(ended).containsExactly("alices");
  }

  @Test
  void aSessionThatIsNotUsedEnds() {
    sessions.open("crm", "alice", "1", "1");
    sessions.open("crm", "alice", "2", "2");
    clock.turn(IDLE.minusNanos(1));
    assertThat(sessions.find("crm", "alice", "1")).isEqualTo("1");
    assertThat(sessions.find("crm", "bob", "2")).isNull(); // no use of it
    clock.turn(Duration.ofNanos(1));
    sessions.endIdle();
    assertThat(ended).containsExactly("2");
    assertThat(sessions.find("crm", "alice", "2")).isNull();
    assertThat(sessions.size()).isEqualTo(1);
    clock.turn(IDLE);
    assertThat(sessions.find("crm", "alice", "1")).isNull();
    assertThat(ended).containsExactly("2", "1");
    assertThat(sessions.open("crm", "bob", "1", "bobs")).isTrue();
  }

  @Test
  void whoOpensTooManyLosesTheirOwn() {
    for (String id : List.of("1", "2", "3")) {
      sessions.open("crm", "alice", id, id);
    }
    sessions.open("crm", "bob", "b", "b");
    sessions.find("crm", "alice", "1");
    assertThat(sessions.open("crm", "alice", "4", "4")).isTrue();
    assertThat(ended).containsExactly("2");
    assertThat(sessions.find("crm", "bob", "b")).isEqualTo("b");
    assertThat(sessions.size()).isEqualTo(4);
  }

  @Test
  void whereThereIsNoRoomNoneIsOpened() {
    sessions.open("crm", "alice", "1", "1");
    sessions.open("crm", "alice", "2", "2");
    sessions.open("crm", "bob", "3", "3");
    sessions.open("crm", "bob", "4", "4");
    assertThat(sessions.open("crm", "carol", "5", "5")).isFalse();
    assertThat(sessions.find("crm", "carol", "5")).isNull();
    assertThat(ended).isEmpty();
    clock.turn(IDLE);
    assertThat(sessions.open("crm", "carol", "5", "5")).isTrue();
    assertThat(ended).containsExactly("1", "2", "3", "4");
  }
}
