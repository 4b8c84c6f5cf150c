package io.mcpgovernor.cli.demo;

import io.mcpgovernor.policy.Grants;

/**
 * What an administrator changes, as a line of text, so that it can be sent to where the governor
 * lives.
 *
 * @param user whose grant it is; a name without spaces
 * @param object a tenant or a permission; a name without spaces
 */
record GrantChange(Action action, String user, String object) {
  private static final String PII = "PII_READ";

  enum Action {
    GRANT_TENANT,
    GRANT_PII,
    REVOKE_PII
  }

  static GrantChange grantTenant(Caller caller, String tenant) {
    return new GrantChange(Action.GRANT_TENANT, caller.user(), tenant);
  }

  static GrantChange grantPii(Caller caller) {
    return new GrantChange(Action.GRANT_PII, caller.user(), PII);
  }

  static GrantChange revokePii(Caller caller) {
    return new GrantChange(Action.REVOKE_PII, caller.user(), PII);
  }

  void applyTo(Grants grants) {
    switch (action) {
      case GRANT_TENANT -> grants.grantTenantAccess(user, object);
      case GRANT_PII -> grants.grantPiiPermission(user);
      case REVOKE_PII -> grants.revokePiiPermission(user);
    }
  }

  String line() {
    return action + " " + user + " " + object;
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is none
   */
  static GrantChange parse(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != 3) {
      throw new IllegalArgumentException("a change has an action, a user and an object");
    }
    return new GrantChange(Action.valueOf(words[0]), words[1], words[2]);
  }
}
