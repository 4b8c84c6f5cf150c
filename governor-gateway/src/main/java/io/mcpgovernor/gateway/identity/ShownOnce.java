package io.mcpgovernor.gateway.identity;

import io.mcpgovernor.gateway.http.Authenticator;
import org.jspecify.annotations.Nullable;

/** Lets those in who show something that counts. Thread-safe. */
final class ShownOnce implements Authenticator {
  private final @Nullable Tokens tokens;

  ShownOnce(@Nullable Tokens tokens) {
    this.tokens = tokens;
  }

  private Shown shown(Credentials credentials) {
    Shown shown = Shown.by(credentials, false);
    return switch (shown) {
      case Shown.Token token when tokens == null ->
          new Shown.Unacceptable(Challenges.invalid("The gateway takes no tokens."));
      case Shown.Key key -> new Shown.Unacceptable(Challenges.invalid("The gateway takes no keys."));
      default -> shown;
    };
  }

  @Override
  public @Nullable Refused refusedAtSight(Credentials credentials) {
    return shown(credentials) instanceof Shown.Unacceptable unacceptable
        ? unacceptable.refused()
        : null;
  }

  @Override
  public Verdict authenticate(Credentials credentials) {
    Shown shown = shown(credentials);
    if (shown instanceof Shown.Token token && tokens != null) {
      return tokens.verdict(token.text());
    }
    if (shown instanceof Shown.Unacceptable unacceptable) {
      return unacceptable.refused();
    }
    throw new IllegalStateException("nobody looks at it");
  }
}
