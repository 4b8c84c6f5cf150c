package io.mcpgovernor.config.grants;

import io.mcpgovernor.policy.Grant;
import io.mcpgovernor.policy.Grant.Effect;
import io.mcpgovernor.policy.Grant.What;
import io.mcpgovernor.policy.GrantChange;
import io.mcpgovernor.policy.GrantChange.Kind;
import io.mcpgovernor.policy.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Grants as rows: every value as the text that people know it by. */
final class GrantRows {
  /** The columns that hold a grant, in the order of {@link #values}. */
  static final String COLUMNS =
      "subject, what, object, effect, expires_at, reason, made_by, made_at";

  private GrantRows() {}

  static @Nullable Object[] values(Grant grant) {
    Instant expiresAt = grant.expiresAt();
    return new @Nullable Object[] {
      grant.subject().toString(),
      grant.what().name(),
      grant.object(),
      grant.effect().name(),
      expiresAt == null ? null : expiresAt.toString(),
      grant.reason(),
      grant.by(),
      grant.at().toString()
    };
  }

  /**
   * The grant of a row.
   *
   * @throws SQLException if the row holds what no grant is
   */
  static Grant grant(ResultSet row) throws SQLException {
    try {
      String expiresAt = row.getString("expires_at");
      return new Grant(
          Subject.parse(text(row, "subject")),
          What.valueOf(text(row, "what")),
          text(row, "object"),
          Effect.valueOf(text(row, "effect")),
          expiresAt == null ? null : Instant.parse(expiresAt),
          text(row, "reason"),
          text(row, "made_by"),
          Instant.parse(text(row, "made_at")));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw damaged(e);
    }
  }

  static GrantChange change(ResultSet row) throws SQLException {
    try {
      return new GrantChange(Kind.valueOf(text(row, "kind")), grant(row));
    } catch (IllegalArgumentException e) {
      throw damaged(e);
    }
  }

  private static String text(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    if (text == null) {
      throw new IllegalArgumentException("no " + column);
    }
    return text;
  }

  private static SQLException damaged(Exception e) {
    return new SQLException("a row is damaged", "", 11, e);
  }
}
