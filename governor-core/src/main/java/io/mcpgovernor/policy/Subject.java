package io.mcpgovernor.policy;

import io.mcpgovernor.call.Principal;

/**
 * Whom a grant is for. The type is part of it, so that a user who happens to be called {@code *} or
 * {@code any} gains nothing by it.
 *
 * @param type what kind of subject
 * @param issuer the issuer of a user; empty for others
 * @param name the user's or role's name; empty for anyone
 */
public record Subject(Type type, String issuer, String name) {
  /** Kinds of subjects. */
  public enum Type {
    /** One user of one issuer. */
    USER,
    /** Everyone with a role. */
    ROLE,
    /** Everyone who was identified. */
    ANY
  }

  private static final Subject ANYONE = new Subject(Type.ANY, "", "");

  /** A user the host vouches for itself. */
  public static Subject user(String name) {
    return user(Principal.LOCAL, name);
  }

  /** A user of an issuer. */
  public static Subject user(String issuer, String name) {
    return new Subject(Type.USER, issuer, name);
  }

  /** Everyone with a role. */
  public static Subject role(String name) {
    return new Subject(Type.ROLE, "", name);
  }

  /** Everyone who was identified. */
  public static Subject any() {
    return ANYONE;
  }

  /**
   * As records show it: {@code user:alice}, {@code user:https://login.example|alice}, {@code any}.
   */
  @Override
  public String toString() {
    return switch (type) {
      case USER -> "user:" + (issuer.equals(Principal.LOCAL) ? "" : issuer + "|") + name;
      case ROLE -> "role:" + name;
      case ANY -> "any";
    };
  }
}
