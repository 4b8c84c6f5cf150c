package io.mcpgovernor.config.rule;

import io.mcpgovernor.policy.RuleFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A reason with places for values, such as {@code {args.limit}}. Immutable, thread-safe.
 *
 * <p>Reasons are read by models and may go on record, so what a caller or a token says is quoted
 * only where it cannot be prose: numbers, booleans, and texts that the tool's schema enumerates.
 */
final class ReasonText implements Function<RuleFacts, String> {
  /** How long a reason may be as it is written, in characters. */
  static final int LENGTH_MAX = 500;

  private final List<Piece> pieces;
  private final Map<String, TextPosition> uses;

  private ReasonText(List<Piece> pieces, Map<String, TextPosition> uses) {
    this.pieces = pieces;
    this.uses = uses;
  }

  /**
   * Words, or a value.
   *
   * @param path what is quoted, or null for words
   */
  private record Piece(String words, @Nullable ReasonPath path) {}

  static ReasonText of(String text, Set<String> kinds) throws Complaint {
    if (text.isBlank() || text.length() > LENGTH_MAX) {
      throw new Complaint(
          TextPosition.START, "a reason has 1 to %d characters".formatted(LENGTH_MAX));
    }
    List<Piece> pieces = new ArrayList<>();
    Map<String, TextPosition> uses = new LinkedHashMap<>();
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      boolean isTwice = i + 1 < text.length() && text.charAt(i + 1) == character;
      if ((character == '{' || character == '}') && isTwice) {
        words.append(character);
        i++;
      } else if (character == '{') {
        TextPosition at = TextPosition.of(text, text.codePointCount(0, i));
        int end = text.indexOf('}', i);
        if (end < 0) {
          throw new Complaint(at, "'{' has no '}': a brace that is meant is written '{{'");
        }
        ReasonPath path = ReasonPath.of(text.substring(i + 1, end), at, kinds);
        uses.putIfAbsent(path.variable(), at);
        pieces.add(new Piece(words.toString(), null));
        pieces.add(new Piece("", path));
        words.setLength(0);
        i = end;
      } else {
        words.append(character);
      }
    }
    pieces.add(new Piece(words.toString(), null));
    return new ReasonText(List.copyOf(pieces), uses);
  }

  /** The variables it quotes, and where first. */
  Map<String, TextPosition> uses() {
    return uses;
  }

  @Override
  public String apply(RuleFacts facts) {
    StringBuilder reason = new StringBuilder();
    for (Piece piece : pieces) {
      reason.append(piece.path == null ? piece.words : piece.path.quote(facts));
    }
    return reason.toString();
  }
}
