package io.mcpgovernor;

import io.mcpgovernor.audit.AuditLog;
import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.audit.AuditRecord.Status;
import io.mcpgovernor.call.Awake;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.ToolHandler;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.policy.Condition;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.GrantFollower;
import io.mcpgovernor.policy.GrantStore;
import io.mcpgovernor.policy.Grants;
import io.mcpgovernor.policy.Identity.Trust;
import io.mcpgovernor.policy.Permit;
import io.mcpgovernor.policy.Probing;
import io.mcpgovernor.policy.RateLimit;
import io.mcpgovernor.policy.ValidationResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Governs tool calls: policies before the call, masking after it, everything on record.
 *
 * <pre>{@code
 * try (Governor governor = Governor.builder().auditTo(Path.of("audit")).build()) {
 *   governor.grants().grantTenantAccess("alice", "acme");
 *   governor.grants().grantPiiPermission("alice");
 *   ...
 * }
 * }</pre>
 *
 * <p>Thread-safe. One governor may serve several servers of a process; its limits then count the
 * calls to all of them.
 */
public final class Governor implements AutoCloseable {
  private static final Duration CLOSING_TIMEOUT = Duration.ofSeconds(5);
  private static final long CLOSING_POLL_MILLIS = 2;
  private static final Duration ADMIN_RECORD_TIMEOUT = Duration.ofSeconds(10);

  private final PolicySet.Engine engine;
  private final GrantStore grantStore;
  private final ToolThreads threads;
  private final @Nullable Path auditDirectory;
  private volatile PolicySet inForce;
  private @Nullable GrantFollower grantFollower;
  private ConfigProvider.@Nullable Following configuration;

  private Governor(GovernorBuilder builder, AuditLog log, @Nullable ValueKey valueKey) {
    this.threads = new ToolThreads(builder.runningToolsMax, builder.waitingToolsMax);
    this.auditDirectory = builder.auditDirectory();
    this.grantStore = builder.grantStore.get();
    this.engine =
        new PolicySet.Engine(
            new ToolCatalogue(),
            new Grants(this::recordGrant, builder.time, grantStore),
            log,
            valueKey,
            new ToolRunner(builder.time),
            new CallIds(),
            builder.time);
    this.inForce = PolicySet.of(builder, engine, null);
    engine.grants().configure(builder.grants, builder.claimPermissions);
  }

  /** Starts a governor with the four policies on and their usual limits. */
  public static GovernorBuilder builder() {
    return new GovernorBuilder();
  }

  /**
   * Starts a governor as a configuration file says, which follows the file as long as it runs: what
   * the file says next holds from the next call on, all of it or, if anything is wrong with it,
   * nothing.
   *
   * @param file YAML, as {@code docs/configuration.md} has it
   * @throws IllegalArgumentException if anything is wrong with the file; the message has every
   *     problem with line and column
   * @throws IllegalStateException if {@code governor-config} is not on the class path
   * @throws UncheckedIOException if the audit directory cannot be written
   */
  public static Governor fromConfig(Path file) {
    return fromConfig(file, UnaryOperator.identity());
  }

  /**
   * Like {@link #fromConfig(Path)}, with something to add in code.
   *
   * @param more adds to what the file says, or changes it; asked again each time the file changes
   */
  public static Governor fromConfig(Path file, UnaryOperator<GovernorBuilder> more) {
    ConfigProvider provider =
        ServiceLoader.load(ConfigProvider.class, Governor.class.getClassLoader())
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "configuration files need io.mcpgovernor:governor-config on the class"
                            + " path"));
    ConfigProvider.Settings first = provider.read(file);
    Governor governor = more.apply(first.builder()).build();
    governor.configuration = first.follow(next -> governor.reload(more.apply(next)));
    return governor;
  }

  static Governor start(GovernorBuilder builder, AuditLog log, @Nullable ValueKey valueKey) {
    Governor governor;
    try {
      governor = new Governor(builder, log, valueKey);
    } catch (RuntimeException e) {
      log.close(); // nobody else can any more, and its directory would stay locked
      throw e;
    }
    try {
      PolicySet first = governor.inForce;
      governor.restore(first.limits(), first.checks().probing());
      if (builder.isVersionNamed()) { // any other is on each record, and says nothing more
        governor.record("policy_version", Map.of("version", first.version(), "why", "start"));
      }
      governor.recordDisabled(builder);
      governor.grantFollower = GrantFollower.start(governor.engine.grants());
    } catch (RuntimeException e) {
      governor.close();
      throw e;
    }
    return governor;
  }

  /**
   * Changes the settings, all at once or not at all: a call is decided by those it began under, the
   * next by the new ones, and none is held up. What stays is the audit log, the tools, the grants
   * that administrators made, the clocks and the numbers of threads; what the settings say of these
   * is not looked at.
   *
   * <p>Limits go on counting: where only the number changes, with the same windows; where the
   * window or what is counted apart changes, with what the audit log says of the window. Only where
   * the host keeps the log itself such a limit begins anew.
   *
   * @throws IllegalArgumentException if the settings cannot be; nothing has changed then
   * @throws IllegalStateException if the change cannot be put on record; nothing has changed then
   * @throws UncheckedIOException if the log cannot be read; nothing has changed then
   */
  public synchronized void reload(GovernorBuilder settings) {
    PolicySet before = inForce;
    PolicySet after = PolicySet.of(settings, engine, before);
    List<RateLimit> unlike = after.limitsUnlike(before);
    try {
      if (!unlike.isEmpty()) {
        // They count what is allowed from now on; what was allowed until now, the log says.
        inForce = before.alsoCharging(unlike);
      }
      record("policy_version", Map.of("version", after.version(), "why", "reload"));
      recordDisabled(settings);
      restore(unlike, null);
    } catch (RuntimeException e) {
      inForce = before;
      throw e;
    }
    // What a version brings of grants is seen by the next call, as all changes of grants are.
    engine.grants().configure(settings.grants, settings.claimPermissions);
    inForce = after;
  }

  /** The name of the settings that decide now, as records show it. */
  public String policyVersion() {
    return inForce.version();
  }

  /** Counts what was called and refused before, where we know it. */
  private void restore(List<RateLimit> limits, @Nullable Probing probing) {
    if (auditDirectory == null || (limits.isEmpty() && probing == null)) {
      return; // records that a host keeps itself are not ours to read
    }
    try {
      RateHistory.restore(auditDirectory, limits, probing, engine.time());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the audit log in "
              + auditDirectory
              + " cannot be read, so nobody knows how many calls were made lately: "
              + e.getMessage()
              + "; mend it, or move it aside to start a new one",
          e);
    }
  }

  private void recordDisabled(GovernorBuilder settings) {
    settings.off.forEach(
        (policy, reason) -> record("disable", Map.of("policy", policy.name(), "reason", reason)));
  }

  /** The tools that may be called. */
  public ToolCatalogue tools() {
    return engine.catalogue();
  }

  /** Who may reach which tenants and read PII. Each change is on record before it counts. */
  public Grants grants() {
    return engine.grants();
  }

  /**
   * Governs one call: validates it, puts it on record, runs it, masks and records its result.
   *
   * @param request what a client asked
   * @param handler runs the tool, on one of this governor's threads
   * @return completes normally with a result or a denial, on one of this governor's threads; never
   *     exceptionally
   */
  public CompletionStage<CallOutcome> govern(CallRequest request, ToolHandler handler) {
    return inForce.interceptor().intercept(request, handler, threads, false);
  }

  /**
   * Like {@link #govern}, for callers that may wait. The waiting is bounded by the tool's time-out
   * and by the audit log's disk.
   */
  @SuppressWarnings("ThreadPriorityCheck") // the yield only saves time, nothing depends on it
  public CallOutcome call(CallRequest request, ToolHandler handler) {
    // Nothing but this waiting thread depends on the last step, so it needs no thread of its own.
    CompletableFuture<CallOutcome> outcome =
        inForce.interceptor().intercept(request, handler, threads, true).toCompletableFuture();
    long until = Awake.until();
    while (!outcome.isDone() && System.nanoTime() - until < 0) {
      Thread.yield(); // not a busy wait: on two cores the tool needs one of them
    }
    return outcome.join();
  }

  /**
   * Like {@link #call}, and the calling thread runs the tool itself and masks its result, instead
   * of waking others: for callers that have a thread, best a virtual one, to each call. How many
   * tools run at once is bounded by the number of callers, not by the engine's threads. The tool
   * must end soon after an interrupt, or its time-out is answered late.
   */
  public CallOutcome callHere(CallRequest request, ToolHandler handler) {
    CallerThread here = new CallerThread();
    return here.work(
        inForce.interceptor().intercept(request, handler, here, true).toCompletableFuture());
  }

  /**
   * Asks all policies about a call without running it. It is charged like a call.
   *
   * @return completes with the decision; never exceptionally
   */
  public CompletionStage<ValidationResult> validate(CallRequest request) {
    return inForce
        .interceptor()
        .decide(request)
        .thenApply(
            evaluation -> {
              Permit permit = evaluation.permit();
              if (permit != null) {
                permit.close();
              }
              return evaluation.result();
            });
  }

  /**
   * Says what every check would answer to a call, one after the other, the ones behind the first
   * denial included. Nothing runs, is charged or put on record; rules of the host's own are asked.
   *
   * @return completes with the explanation
   * @throws Condition.UnknowableException if a rule asks for what nobody knows, such as the title
   *     of a tool of which only the name is known
   */
  public CompletionStage<Explanation> explain(CallRequest request) {
    return inForce.interceptor().explain(request);
  }

  /**
   * Governs a Java interface whose callers are named by its arguments, where those are trusted
   * ({@link GovernorBuilder#trust}); see {@link #proxy(Class, Object, Supplier)}.
   */
  public <T> T proxy(Class<T> api, T implementation) {
    return proxy(api, implementation, () -> null);
  }

  /**
   * Governs a Java interface: every method becomes a tool of a server named like the interface, and
   * every call of it goes through policies, masking and audit. The arguments go on record by their
   * names, the result is masked as JSON and read back as the method's type.
   *
   * <p>Denials, failures of the method and results that their type cannot hold once masked are
   * {@link McpSecurityException}s; where a method returns a stage or a {@code Mono}, it completes
   * with them and no thread waits.
   *
   * @param api its methods may bear {@code @GovernedTool}; so may those of the implementation
   * @param caller says who calls, asked on the calling thread; null for nobody
   * @throws IllegalArgumentException if a method cannot be described
   * @throws IllegalStateException if {@code governor-mcp} is not on the class path
   */
  public <T> T proxy(
      Class<T> api, T implementation, Supplier<? extends @Nullable Principal> caller) {
    return ServiceLoader.load(ProxyProvider.class, Governor.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "governed interfaces need io.mcpgovernor:governor-mcp on the class path"))
        .proxy(this, api, implementation, caller);
  }

  /**
   * Whether a principal could be allowed to call a tool, as far as that does not depend on
   * arguments: for lists of tools. Charges nothing.
   */
  public boolean mayUse(@Nullable Principal principal, String server, String tool) {
    PolicySet policies = inForce;
    ToolPlans.Plan plan = policies.plans().find(server, tool);
    if (plan == null) {
      return false;
    }
    Checks checks = policies.checks();
    if (principal == null) {
      return checks.identity().trust() == Trust.ARGUMENTS; // who it is, the call itself will say
    }
    return (!checks.isOn(DenialCode.RLS) || checks.tenantAccess().mayUse(principal, plan.tool()))
        && (!checks.isOn(DenialCode.PII_ACCESS)
            || checks.piiAccess().mayUse(principal, plan.tool()))
        && !policies.interceptor().isHidden(principal, plan);
  }

  /**
   * The newest audit records, newest first.
   *
   * @param limit how many at most, at least 0
   * @throws UncheckedIOException if the log cannot be read
   */
  public List<Json> readLogs(int limit) {
    try {
      return engine.log().readLogs(limit);
    } catch (IOException e) {
      throw new UncheckedIOException("the audit log cannot be read", e);
    }
  }

  /**
   * Masks a text that goes another way than through a governed call, such as a line of the host's
   * own log, by the kinds, modes and detectors of this governor. Column rules are about fields and
   * count in results only.
   *
   * @param level {@code STRICT} for what is kept
   * @return the very same string if nothing was found
   */
  public String mask(String text, Sensitivity level) {
    return inForce.maskers().usual().mask(text, level);
  }

  /**
   * Masks a value that goes another way to a caller than as the result of a governed call: an
   * error, a notification, a question of the server's.
   *
   * @param tool what it belongs to, and is masked like a result of; of no tool that is known,
   *     everything is masked strictly
   * @return the very same value if nothing was found
   */
  public Json mask(Json value, String server, String tool) {
    PolicySet policies = inForce;
    ToolPlans.Plan plan = policies.plans().find(server, tool);
    return plan == null
        ? policies
            .maskers()
            .usual()
            .scan(value, policies.plans().columnsOfUnknownTools())
            .masked(Sensitivity.STRICT)
        : policies.maskers().usual().scan(value, plan.columns()).masked(plan.sensitivity());
  }

  /** Lets running calls end (for five seconds at most), keeps their records and refuses others. */
  @Override
  public void close() {
    if (configuration != null) {
      configuration.close();
    }
    long until = System.nanoTime() + CLOSING_TIMEOUT.toNanos();
    threads.shutdown();
    try {
      // Asynchronous tools hold no thread while they run.
      while (engine.runner().running() > 0 && System.nanoTime() < until) {
        Thread.sleep(CLOSING_POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.close(TimeUnit.NANOSECONDS.toMillis(Math.max(0, until - System.nanoTime())));
    if (grantFollower != null) {
      grantFollower.close();
    }
    try {
      engine.log().close();
    } finally {
      grantStore.close();
    }
  }

  private void recordGrant(Grants.Change change) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("subject", change.subject().toString());
    details.put("object", change.object());
    if (change.expiresAt() != null) {
      details.put("expires_at", change.expiresAt().toString());
    }
    if (!change.reason().isEmpty()) {
      details.put(
          "reason",
          inForce.maskers().usual().mask(change.reason(), Sensitivity.STRICT)); // people write it
    }
    details.put("by", change.by());
    record(change.action(), details);
  }

  /**
   * Puts on record what an administrator did outside of the engine, or what happened that an
   * administrator must see. Returns when the record is kept.
   *
   * @param action what was done, such as {@code tool.approve}: goes on record as {@code tool_name}
   * @param details about it; texts are masked strictly, as those of calls are
   * @throws IllegalStateException if it cannot be put on record within ten seconds
   */
  public void recordAdmin(String action, Map<String, ?> details) {
    record(
        action,
        inForce.maskers().usual().scan(Json.of(details)).masked(Sensitivity.STRICT).object());
  }

  /** Puts what an administrator did on record; what cannot be recorded fails. */
  private void record(String action, Map<String, ?> details) {
    AuditRecord record =
        AuditRecord.of(Event.ADMIN, Status.SUCCESS, engine.time().now(), "host", action)
            .arguments(Json.of(details))
            .build();
    try {
      engine
          .log()
          .append(record)
          .toCompletableFuture()
          .get(ADMIN_RECORD_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(action + " could not be put on record", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + action + " was put on record", e);
    }
  }
}
