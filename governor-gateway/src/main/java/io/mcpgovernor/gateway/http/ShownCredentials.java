package io.mcpgovernor.gateway.http;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * What a request and its connection show of the sender.
 *
 * @param tls null without
 */
record ShownCredentials(HttpRequest request, @Nullable SslHandler tls)
    implements Authenticator.Credentials {
  @Override
  public List<String> header(String name) {
    return request.headers().getAll(name);
  }

  @Override
  public List<X509Certificate> certificates() {
    if (tls == null) {
      return List.of();
    }
    try {
      Certificate[] chain = tls.engine().getSession().getPeerCertificates();
      return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
    } catch (SSLPeerUnverifiedException e) {
      return List.of(); // it showed none
    }
  }
}
