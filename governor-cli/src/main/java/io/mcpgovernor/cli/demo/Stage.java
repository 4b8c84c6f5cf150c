package io.mcpgovernor.cli.demo;

import io.mcpgovernor.Governor;
import io.mcpgovernor.GovernorBuilder;
import io.mcpgovernor.cli.demo.Happening.Called;
import io.mcpgovernor.cli.demo.Happening.Compared;
import io.mcpgovernor.cli.demo.Happening.Listed;
import io.mcpgovernor.cli.demo.Happening.Repeated;
import io.mcpgovernor.cli.demo.Happening.Searched;
import io.mcpgovernor.cli.demo.Happening.Tried;
import io.mcpgovernor.cli.demo.Happening.Verified;
import io.mcpgovernor.examples.customers.CustomerDatabase;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/**
 * Where the story happens: the customer-service server, governed, and a client of the official SDK
 * for each caller. It remembers what every client got. Used by one thread.
 */
final class Stage implements AutoCloseable {
  /** What a client asked and got. */
  record Exchange(Caller caller, String tool, Answer answer) {}

  private final Hosting hosting;
  private final AuditFiles log;
  private final Set<String> personalData;
  private final Map<Caller, McpSyncClient> clients;
  private final List<Exchange> exchanges = Collections.synchronizedList(new ArrayList<>());

  /** What to close, last opened first. */
  private final Deque<Runnable> closing;

  private Stage(
      Hosting hosting,
      AuditFiles log,
      Set<String> personalData,
      Map<Caller, McpSyncClient> clients,
      Deque<Runnable> closing) {
    this.hosting = hosting;
    this.log = log;
    this.personalData = personalData;
    this.clients = clients;
    this.closing = closing;
  }

  /**
   * Starts everything.
   *
   * @throws java.io.UncheckedIOException if the audit log cannot be written in that directory
   */
  static Stage open(Transport transport, Path auditDirectory) {
    Deque<Runnable> closing = new ArrayDeque<>();
    try {
      Hosting hosting = Hosting.start(transport, auditDirectory);
      closing.push(hosting::close);
      AuditFiles log = AuditFiles.startingNow(hosting.auditDirectories());
      Map<Caller, McpSyncClient> clients = new EnumMap<>(Caller.class);
      for (Caller caller : Caller.values()) {
        McpSyncClient client = hosting.connect(caller);
        closing.push(client::closeGracefully);
        client.initialize();
        caller.grants().forEach(hosting::administer);
        clients.put(caller, client);
      }
      return new Stage(hosting, log, personalDataOfAll(), clients, closing);
    } catch (RuntimeException | Error e) {
      closeAll(closing, e);
      throw e;
    }
  }

  /** Each database has the same rows at the start. */
  private static Set<String> personalDataOfAll() {
    try (CustomerDatabase database = CustomerDatabase.open()) {
      return PersonalData.of(database);
    }
  }

  void administer(GrantChange change) {
    hosting.administer(change);
  }

  /** Every e-mail address, phone, social security and card number in the database. */
  Set<String> personalData() {
    return personalData;
  }

  Listed list(Caller caller) {
    return new Listed(caller, client(caller).listTools().tools().stream().map(Tool::name).toList());
  }

  Called call(Caller caller, String tool, Map<String, Object> arguments) {
    Timed timed = exchange(caller, tool, arguments);
    return new Called(
        caller, tool, arguments, timed.answer, timed.micros, log.newest(1).getFirst());
  }

  Repeated repeat(int times, Caller caller, String tool, Map<String, Object> arguments) {
    List<Timed> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(hosting.callsAtOnce())) {
      List<Callable<Timed>> calls =
          Collections.nCopies(times, () -> exchange(caller, tool, arguments));
      for (Future<Timed> call : threads.invokeAll(calls)) {
        all.add(call.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return new Repeated(
        caller,
        tool,
        arguments,
        all.stream().map(Timed::answer).toList(),
        all.stream().map(Timed::micros).sorted().toList().get(times / 2),
        log.medianOverheadMicros(caller.user(), times));
  }

  /**
   * Looks for values in all answers so far and in the log's files.
   *
   * @param what what the values are, for people
   */
  Searched search(String what, Collection<String> values) {
    List<String> places = new ArrayList<>();
    for (Exchange exchange : exchanges()) {
      if (PersonalData.isIn(exchange.answer.json(), values)) {
        places.add("an answer of " + exchange.tool + " to " + exchange.caller.shown());
      }
    }
    String text = log.text();
    if (PersonalData.isIn(text, values)) {
      places.add("the audit log");
    }
    return new Searched(what, exchanges().size(), text.length(), places);
  }

  Compared compareWithLog() {
    return LogComparison.of(exchanges(), log.recordsOfThisRun());
  }

  Verified verifyLog() {
    return LogProof.ofLogs(hosting.auditDirectories());
  }

  Verified verifyChangedCopy() {
    return LogProof.ofChangedCopies(hosting.auditDirectories());
  }

  Tried replay(String what, UnaryOperator<GovernorBuilder> candidate) {
    return LogTrial.of(hosting.auditDirectories(), what, candidate.apply(Governor.builder()));
  }

  /** The newest records, newest first. */
  List<Map<String, ?>> newestRecords(int limit) {
    return log.newest(limit);
  }

  @Override
  public void close() {
    RuntimeException failure = new IllegalStateException("not everything could be closed");
    closeAll(closing, failure);
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }

  /** Closes all, whatever happens to one of them. */
  private static void closeAll(Deque<Runnable> closing, Throwable failure) {
    for (Runnable close : closing) {
      try {
        close.run();
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
    }
  }

  private record Timed(Answer answer, long micros) {}

  private Timed exchange(Caller caller, String tool, Map<String, Object> arguments) {
    McpSyncClient client = client(caller);
    CallToolRequest request = CallToolRequest.builder(tool).arguments(arguments).build();
    long started = System.nanoTime();
    var result = client.callTool(request);
    long micros = (System.nanoTime() - started) / 1_000;
    Answer answer = Answer.of(result);
    exchanges.add(new Exchange(caller, tool, answer));
    return new Timed(answer, micros);
  }

  private McpSyncClient client(Caller caller) {
    McpSyncClient client = clients.get(caller);
    if (client == null) {
      throw new IllegalStateException(caller.shown() + " has no client");
    }
    return client;
  }

  private List<Exchange> exchanges() {
    synchronized (exchanges) {
      return List.copyOf(exchanges);
    }
  }
}
