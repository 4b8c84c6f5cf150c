package io.mcpgovernor.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What stands, by subject, those of one subject oldest first. Not thread-safe. */
final class StandingGrants {
  private final Map<Subject, List<Grant>> bySubject = new HashMap<>();
  private int size;

  /** Many at once; each as it was kept, so none ends another. */
  StandingGrants(List<Grant> grants) {
    Map<Subject, List<Grant>> grouped = new HashMap<>();
    grants.forEach(
        grant -> grouped.computeIfAbsent(grant.subject(), key -> new ArrayList<>()).add(grant));
    grouped.forEach((subject, all) -> bySubject.put(subject, List.copyOf(all)));
    size = grants.size();
  }

  /** What a subject has. */
  List<Grant> of(Subject subject) {
    return bySubject.getOrDefault(subject, List.of());
  }

  void make(GrantChange change) {
    Subject subject = change.grant().subject();
    List<Grant> before = of(subject);
    List<Grant> after = change.after(before);
    size += after.size() - before.size();
    if (after.isEmpty()) {
      bySubject.remove(subject);
    } else {
      bySubject.put(subject, after);
    }
  }

  List<Grant> all() {
    List<Grant> all = new ArrayList<>(size);
    bySubject.values().forEach(all::addAll);
    return all;
  }

  List<Subject> subjects() {
    return List.copyOf(bySubject.keySet());
  }

  int size() {
    return size;
  }
}
