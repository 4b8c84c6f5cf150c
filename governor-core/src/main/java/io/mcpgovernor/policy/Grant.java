package io.mcpgovernor.policy;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One grant or one revocation: for whom, of what, until when, and who said so.
 *
 * <p>A subject has at most one grant and one revocation of the same thing. Of two that count, the
 * newer decides. What has no end replaces its opposite for good; what has one only suspends it.
 *
 * @param subject for whom
 * @param what a tenant or a permission
 * @param object the tenant or permission; 1 to {@value #NAME_CHARS_MAX} characters, not blank
 * @param effect whether it gives or takes
 * @param expiresAt it counts before this moment and no longer; null for ever. UTC, years 1970 to
 *     9999
 * @param reason why, at most {@value #REASON_CHARS_MAX} characters; may be empty
 * @param by who gave or took it; 1 to {@value #NAME_CHARS_MAX} characters
 * @param at when that was
 */
public record Grant(
    Subject subject,
    What what,
    String object,
    Effect effect,
    @Nullable Instant expiresAt,
    String reason,
    String by,
    Instant at) {

  /** What can be granted. */
  public enum What {
    /** Access to a tenant. */
    TENANT,
    /** A permission, such as {@value Grants#PII_READ}. */
    PERMISSION
  }

  /** What a grant does. */
  public enum Effect {
    /** Gives. */
    GRANT,
    /** Takes, whatever else would give. */
    REVOKE
  }

  /** How long names may be, in characters. */
  public static final int NAME_CHARS_MAX = 256;

  /** How long a reason may be, in characters. */
  public static final int REASON_CHARS_MAX = 1_000;

  private static final int SUBJECT_CHARS_MAX = 512; // as long as a principal's
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  /** Checks the bounds. */
  public Grant {
    Objects.requireNonNull(what);
    Objects.requireNonNull(effect);
    named(object, NAME_CHARS_MAX, "a tenant or permission");
    named(by, NAME_CHARS_MAX, "who grants");
    if (reason.length() > REASON_CHARS_MAX) {
      throw new IllegalArgumentException(
          "a reason has at most " + REASON_CHARS_MAX + " characters");
    }
    if (subject.type() != Subject.Type.ANY) {
      named(subject.name(), SUBJECT_CHARS_MAX, "a user or role");
    }
    if (subject.type() == Subject.Type.USER) {
      named(subject.issuer(), SUBJECT_CHARS_MAX, "an issuer");
    }
    inRange(at);
    if (expiresAt != null) {
      inRange(expiresAt);
    }
  }

  /** Whether it counts at a moment. */
  public boolean countsAt(Instant now) {
    return expiresAt == null || now.isBefore(expiresAt);
  }

  /** Whether another one is of the same thing for the same subject, whatever its effect. */
  boolean isAbout(Grant other) {
    return what == other.what && object.equals(other.object) && subject.equals(other.subject);
  }

  private static void named(String name, int charsMax, String whose) {
    if (name.isBlank() || name.length() > charsMax) {
      throw new IllegalArgumentException(
          whose + " needs a name of 1 to " + charsMax + " characters");
    }
  }

  private static void inRange(Instant moment) {
    if (moment.isBefore(EARLIEST) || moment.isAfter(LATEST)) {
      throw new IllegalArgumentException("a grant's times are in the years 1970 to 9999");
    }
  }
}
