package io.mcpgovernor.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminChannelTest {

  private final List<GrantChange> made = new CopyOnWriteArrayList<>();
  private Path socket;

  @BeforeEach
  void listen() throws Exception {
    // Not a @TempDir: the path of a socket must be short.
    socket = Files.createTempDirectory("admin").resolve("socket");
    AdminChannel.listen(
        socket,
        change -> {
          if (change.user().equals("carol")) {
            throw new IllegalStateException("not on record");
          }
          made.add(change);
        });
  }

  @AfterEach
  void delete() throws Exception {
    Files.delete(socket);
    Files.delete(socket.getParent());
  }

  @Test
  void aChangeCountsWhenItsSenderGoesOn() {
    AdminChannel.send(socket, GrantChange.grantTenant(Caller.BOB, "acme"));
    AdminChannel.send(socket, GrantChange.revokePii(Caller.BOB));

    assertThat(made)
        .containsExactly(
            GrantChange.grantTenant(Caller.BOB, "acme"), GrantChange.revokePii(Caller.BOB));
  }

  @Test
  void aChangeThatFailsIsToldAndTheNextOneIsHeard() {
    assertThatIllegalStateException()
        .isThrownBy(() -> AdminChannel.send(socket, GrantChange.grantPii(Caller.CAROL)))
        .withMessageContaining("not on record");

    AdminChannel.send(socket, GrantChange.grantPii(Caller.BOB));
    assertThat(made).containsExactly(GrantChange.grantPii(Caller.BOB));
  }

  @Test
  void whatIsNoChangeIsRefused() {
    for (String line : List.of("", "GRANT_PII bob", "GRANT_ALL bob x", "GRANT_PII bob x y")) {
      assertThatIllegalArgumentException().isThrownBy(() -> GrantChange.parse(line));
    }
  }
}
