package io.mcpgovernor.gateway.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** An issuer of tokens, which signs whatever a test wants and counts who asks for its keys. */
final class TestIssuer implements AutoCloseable {
  static final String AUDIENCE = "https://mcp.example";
  static final RSAKey KEY = rsa("first");

  /** What it answers to a request. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private final HttpServer http;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final TimeSource time;

  TestIssuer(TimeSource time) throws IOException {
    this.time = time;
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", this::answer);
    http.start();
    publish(KEY);
    json(
        "/acme/.well-known/openid-configuration",
        "{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"" + at("/keys") + "\"}");
  }

  static RSAKey rsa(String kid) {
    try {
      return new RSAKeyGenerator(2_048).keyID(kid).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path);
    Answer answer = answers.get(path);
    try (exchange) {
      if (answer == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        answer.to(exchange);
      }
    }
  }

  String at(String path) {
    return "http://127.0.0.1:" + http.getAddress().getPort() + path;
  }

  String issuer() {
    return at("/acme");
  }

  TestIssuer on(String path, Answer answer) {
    answers.put(path, answer);
    return this;
  }

  void json(String path, String body) {
    on(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, body.getBytes(UTF_8).length);
          exchange.getResponseBody().write(body.getBytes(UTF_8));
        });
  }

  /** Has these keys from now on. */
  void publish(JWK... keys) {
    json("/keys", set(keys));
  }

  static String set(JWK... keys) {
    return new JWKSet(List.of(keys)).toString();
  }

  /** Fails from now on. */
  void fail() {
    on("/keys", exchange -> exchange.sendResponseHeaders(500, -1));
  }

  /** How often its keys were asked for. */
  long fetches() {
    return asked.stream().filter("/keys"::equals).count();
  }

  /** What a good token claims, changed as a test wants; null takes one away. */
  Map<String, Object> claims(Object... changes) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer());
    claims.put("aud", AUDIENCE);
    claims.put("sub", "alice");
    claims.put("exp", time.now().getEpochSecond() + 3_600);
    for (int i = 0; i < changes.length; i += 2) {
      if (changes[i + 1] == null) {
        claims.remove(changes[i]);
      } else {
        claims.put((String) changes[i], changes[i + 1]);
      }
    }
    return claims;
  }

  /** A token that counts, but for the changes. */
  String token(Object... changes) {
    return signed(KEY, JWSAlgorithm.RS256, claims(changes));
  }

  static String signed(JWK key, JWSAlgorithm algorithm, Map<String, Object> claims) {
    return signed(
        key, new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), text(claims));
  }

  static String signed(JWK key, JWSHeader header, String claims) {
    try {
      JWSObject token = new JWSObject(header, new Payload(claims));
      JWSSigner signer = new DefaultJWSSignerFactory().createJWSSigner(key, header.getAlgorithm());
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String text(Map<String, Object> claims) {
    return new String(Json.of(new HashMap<>(claims)).utf8(), UTF_8);
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
