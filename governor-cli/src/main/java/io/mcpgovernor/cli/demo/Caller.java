package io.mcpgovernor.cli.demo;

import io.mcpgovernor.call.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Who calls, and what they are granted before the first step. */
enum Caller {
  ALICE(List.of("acme"), true),
  BOB(List.of("acme"), false),
  CAROL(List.of("acme", "globex"), true),
  DAVE(List.of(), false),
  ERIN(List.of("acme"), false),
  /** Has not signed in. */
  NOBODY(List.of(), false);

  @SuppressWarnings("ImmutableEnumChecker") // it comes from List.of
  private final List<String> tenants;

  private final boolean readsPii;

  Caller(List<String> tenants, boolean readsPii) {
    this.tenants = tenants;
    this.readsPii = readsPii;
  }

  /** The tenants granted. */
  List<String> tenants() {
    return tenants;
  }

  /** Whether PII_READ is granted. */
  boolean readsPii() {
    return readsPii;
  }

  /** Both as changes that an administrator makes. */
  List<GrantChange> grants() {
    List<GrantChange> grants = new ArrayList<>();
    tenants.forEach(tenant -> grants.add(GrantChange.grantTenant(this, tenant)));
    if (readsPii) {
      grants.add(GrantChange.grantPii(this));
    }
    return grants;
  }

  boolean isSignedIn() {
    return this != NOBODY;
  }

  /** The name as the transport knows it, and in the audit log. */
  String user() {
    return isSignedIn() ? shown() : Principal.NOBODY.subject();
  }

  /** The name in the story. */
  String shown() {
    return name().toLowerCase(Locale.ROOT);
  }
}
