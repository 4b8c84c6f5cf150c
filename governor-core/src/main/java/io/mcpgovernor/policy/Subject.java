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
   * The subject that a text names, as {@link #toString} writes it: {@code user:NAME}, {@code
   * user:ISSUER#NAME}, {@code role:NAME} or {@code any}. The first {@code #} ends the issuer, in
   * which {@code %} and {@code #} are written {@code %25} and {@code %23}; everything after it is
   * the name. A user without an issuer whose name has a {@code #} is {@code user:local#NAME}.
   *
   * @throws IllegalArgumentException if it is nothing of that
   */
  public static Subject parse(String text) {
    if (text.equals("any")) {
      return any();
    }
    int colon = text.indexOf(':');
    String type = colon < 0 ? "" : text.substring(0, colon);
    String rest = text.substring(colon + 1);
    int hash = rest.indexOf('#');
    Subject subject =
        switch (type) {
          case "role" -> role(rest);
          case "user" ->
              hash < 0
                  ? user(rest)
                  : user(
                      rest.substring(0, hash).replace("%23", "#").replace("%25", "%"),
                      rest.substring(hash + 1));
          default -> throw malformed();
        };
    if (subject.name.isBlank() || subject.issuer.isBlank() != (subject.type == Type.ROLE)) {
      throw malformed();
    }
    return subject;
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "a subject is user:NAME, user:ISSUER#NAME, role:NAME or any");
  }

  /**
   * As records show it: {@code user:alice}, {@code user:https://login.example#alice}, {@code
   * role:support}, {@code any}.
   */
  @Override
  public String toString() {
    return switch (type) {
      case USER ->
          issuer.equals(Principal.LOCAL) && name.indexOf('#') < 0
              ? "user:" + name
              : "user:" + issuer.replace("%", "%25").replace("#", "%23") + "#" + name;
      case ROLE -> "role:" + name;
      case ANY -> "any";
    };
  }
}
