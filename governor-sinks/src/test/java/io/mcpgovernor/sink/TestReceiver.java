package io.mcpgovernor.sink;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** A receiver that really listens, and answers as a test says. */
final class TestReceiver implements AutoCloseable {
  /** Answers one request. */
  interface Answering {
    int status(int request, String body, Headers answer) throws IOException;
  }

  private static final Pattern SEQ = Pattern.compile(",\"seq\":(\\d+),\"prev\"");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Headers> headers = new ArrayList<>();
  private final List<Long> seqs = new ArrayList<>();
  private final List<String> bodies = new ArrayList<>();
  private Answering answering = (request, body, answer) -> 200;
  private int requests;

  TestReceiver() throws IOException {
    this(0);
  }

  TestReceiver(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/audit", this::answer);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port() + "/audit?key=topsecret");
  }

  int port() {
    return server.getAddress().getPort();
  }

  synchronized TestReceiver answers(Answering how) {
    answering = how;
    requests = 0;
    return this;
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
    }
    String body = new String(bytes, StandardCharsets.UTF_8);
    Answering how;
    int number;
    synchronized (this) {
      how = answering;
      number = requests++;
      headers.add(exchange.getRequestHeaders());
    }
    int status = how.status(number, body, exchange.getResponseHeaders());
    if (status == 0) {
      exchange.close(); // without an answer
      return;
    }
    synchronized (this) {
      if (status == 200) {
        bodies.add(body);
        seqs(body).forEach(seqs::add);
      }
      notifyAll();
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  static List<Long> seqs(String body) {
    List<Long> seqs = new ArrayList<>();
    Matcher seq = SEQ.matcher(body);
    while (seq.find()) {
      seqs.add(Long.valueOf(seq.group(1)));
    }
    return seqs;
  }

  /** The numbers of the records that were taken, each once, in the order in which they came. */
  synchronized Set<Long> taken() {
    return new LinkedHashSet<>(seqs);
  }

  synchronized List<String> bodies() {
    return List.copyOf(bodies);
  }

  synchronized List<Headers> headers() {
    return List.copyOf(headers);
  }

  synchronized int requests() {
    return requests;
  }

  /** Waits until a record has come. */
  synchronized void awaitSeq(long seq) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!seqs.contains(seq)) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("record " + seq + " did not come; there are " + seqs.size());
      }
      wait(left);
    }
  }

  /** Waits until so many requests were made since the answer was chosen. */
  synchronized void awaitRequests(int count) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (requests < count) {
      if (System.nanoTime() > until) {
        throw new AssertionError(requests + " requests");
      }
      wait(10);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
