package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SubjectTest {

  @Test
  void recordsShowWhatKindOfSubjectItIs() {
    assertThat(Subject.user("alice")).hasToString("user:alice");
    assertThat(Subject.user("https://login.example", "alice"))
        .hasToString("user:https://login.example|alice");
    assertThat(Subject.role("dev")).hasToString("role:dev");
    assertThat(Subject.any()).hasToString("any");
    assertThat(Subject.user("any")).hasToString("user:any");
  }

  @Test
  void subjectsOfDifferentKindsAreNeverEqual() {
    assertThat(Subject.user("x")).isNotEqualTo(Subject.role("x"));
    assertThat(Subject.user("")).isNotEqualTo(Subject.any());
    assertThat(Subject.user("a", "x")).isNotEqualTo(Subject.user("x"));
  }
}
