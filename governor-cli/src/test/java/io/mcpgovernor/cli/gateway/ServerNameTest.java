package io.mcpgovernor.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerNameTest {
  @ParameterizedTest
  @CsvSource({
    "npx -y @modelcontextprotocol/server-filesystem@2.1 /data, server-filesystem",
    "uvx mcp-server-git --repository /x, mcp-server-git",
    "node /srv/My_Server/index.js, my-server",
    "node /opt/notes/dist/index.js, notes",
    "env MEMORY_FILE=/x/graph.jsonl node server-memory.js, server-memory",
    "java -cp /x/classes org.example.CrmServer, org-example-crmserver",
    "java -jar /opt/crm.jar, crm",
    "docker run -i --rm mcp/time:latest, time",
    "C:\\Tools\\Notes.EXE, notes",
    "sh -c exit_7, exit-7",
    "npx, server"
  })
  void aNameComesFromWhatIsRunAndNotFromWhatRunsIt(String command, String name) {
    assertThat(ServerName.of(List.of(command.split(" "))))
        .isEqualTo(name)
        .satisfies(made -> assertThat(ServerName.isName(made)).isTrue());
  }

  @Test
  void aScriptNamesNothing() {
    assertThat(ServerName.of(List.of("sh", "-c", "read line; exit 7"))).isEqualTo("server");
  }

  @Test
  void aNameIsNeverTooLong() {
    assertThat(ServerName.of(List.of("x".repeat(100)))).hasSize(32);
  }
}
