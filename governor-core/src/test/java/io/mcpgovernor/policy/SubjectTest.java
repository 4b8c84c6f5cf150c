package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubjectTest {

  @Test
  void recordsShowWhatKindOfSubjectItIs() {
    assertThat(Subject.user("alice")).hasToString("user:alice");
    assertThat(Subject.user("https://login.example", "alice"))
        .hasToString("user:https://login.example#alice");
    assertThat(Subject.role("dev")).hasToString("role:dev");
    assertThat(Subject.any()).hasToString("any");
    assertThat(Subject.user("any")).hasToString("user:any");
  }

  @Test
  void whatASubjectIsWrittenAsNamesItAndNoOther() {
    List<String> names = List.of("a", "a#b", "#", "%", "%23", "%2523", "local", "a b", "x:y|z");
    Set<String> texts = new HashSet<>();
    for (String issuer : List.of("local", "https://login.example/", "a#b", "%23", "%", "%25")) {
      for (String name : names) {
        Subject user = Subject.user(issuer, name);
        assertThat(Subject.parse(user.toString())).isEqualTo(user);
        assertThat(texts.add(user.toString())).as("%s", user).isTrue();
      }
    }
    assertThat(Subject.parse("role:support#1")).isEqualTo(Subject.role("support#1"));
    assertThat(Subject.parse("any")).isEqualTo(Subject.any());
    assertThat(Subject.parse("user:local#alice")).isEqualTo(Subject.user("alice"));
  }

  @Test
  void whatNamesNobodyIsRefused() {
    for (String bad :
        List.of(
            "", "alice", "any:", "ANY", "user:", "user: ", "user:#a", "user:x#", "role:", "*")) {
      assertThatIllegalArgumentException().as(bad).isThrownBy(() -> Subject.parse(bad));
    }
  }

  @Test
  void subjectsOfDifferentKindsAreNeverEqual() {
    assertThat(Subject.user("x")).isNotEqualTo(Subject.role("x"));
    assertThat(Subject.user("")).isNotEqualTo(Subject.any());
    assertThat(Subject.user("a", "x")).isNotEqualTo(Subject.user("x"));
  }
}
