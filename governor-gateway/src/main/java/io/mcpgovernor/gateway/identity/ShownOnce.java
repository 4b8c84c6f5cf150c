package io.mcpgovernor.gateway.identity;

import io.mcpgovernor.gateway.http.Authenticator;
import org.jspecify.annotations.Nullable;

/**
 * Lets those in who show one thing that counts. Thread-safe.
 *
 * @param tokens null if the gateway takes none
 * @param keys null if the gateway takes none
 * @param certificates null if they do not say who somebody is
 */
record ShownOnce(
    @Nullable Tokens tokens, @Nullable KnownKeys keys, @Nullable CertificateUsers certificates)
    implements Authenticator {

  private Shown shown(Credentials credentials) {
    Shown shown = Shown.by(credentials, certificates != null);
    return switch (shown) {
      case Shown.Token token when tokens == null ->
          new Shown.Unacceptable(
              Challenges.invalid("The gateway takes no tokens of an issuer: identity.jwt."));
      case Shown.Key key when keys == null ->
          new Shown.Unacceptable(Challenges.invalid("The gateway takes no keys: identity.keys."));
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
    return switch (shown(credentials)) {
      case Shown.Token token when tokens != null -> tokens.verdict(token.text());
      case Shown.Key key when keys != null -> keys.verdict(key.text());
      case Shown.Certificates shown when certificates != null ->
          certificates.verdict(shown.chain().getFirst());
      case Shown.Unacceptable unacceptable -> unacceptable.refused();
      default -> throw new IllegalStateException("nobody looks at it");
    };
  }
}
