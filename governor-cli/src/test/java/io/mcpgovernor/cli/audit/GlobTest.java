package io.mcpgovernor.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sqlite.JDBC;

final class GlobTest {
  private static final String[] PIECES = {
    "a", "b", "*", "?", "[", "]", "^", "-", "ä", "😀", "\\", "%"
  };

  private static String random(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(length); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  @Test
  void itMatchesWhatSqliteMatches() throws SQLException {
    Random random = new Random(1);
    int matches = 0;
    try (Connection connection = JDBC.createConnection(JDBC.PREFIX + ":memory:", new Properties());
        PreparedStatement glob = connection.prepareStatement("SELECT ? GLOB ?")) {
      for (int i = 0; i < 20_000; i++) {
        String pattern = random(random, 6);
        String text = random(random, 6);
        glob.setString(1, text);
        glob.setString(2, Glob.sqlite(pattern));
        try (ResultSet row = glob.executeQuery()) {
          boolean expected = row.next() && row.getInt(1) != 0;
          assertThat(Glob.matches(pattern, text)).as("%s of %s", pattern, text).isEqualTo(expected);
          matches += expected ? 1 : 0;
        }
      }
    }
    assertThat(matches).isGreaterThan(500);
  }

  @Test
  void aPatternOfManyStarsTakesNoAge() {
    assertThat(Glob.matches("*a".repeat(2_000) + "b", "a".repeat(20_000))).isFalse();
  }
}
