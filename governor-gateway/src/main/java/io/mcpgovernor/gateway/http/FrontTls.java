package io.mcpgovernor.gateway.http;

import io.netty.handler.ssl.SslHandler;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * How the front speaks TLS: 1.2 and 1.3, as the JDK does.
 *
 * @param context asked for each connection, on an event loop; must not block
 * @param clients whether they show certificates
 */
public record FrontTls(Supplier<SSLContext> context, Clients clients) {
  /** Whether clients show certificates. */
  public enum Clients {
    /** They are not asked. */
    UNASKED,
    /** They may. */
    ASKED,
    /** They must. */
    REQUIRED
  }

  SslHandler handler() {
    SSLEngine engine = context.get().createSSLEngine();
    engine.setUseClientMode(false);
    switch (clients) {
      case UNASKED -> engine.setNeedClientAuth(false);
      case ASKED -> engine.setWantClientAuth(true);
      case REQUIRED -> engine.setNeedClientAuth(true);
    }
    return new SslHandler(engine);
  }
}
