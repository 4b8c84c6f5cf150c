package io.mcpgovernor.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpgovernor.Denial.Executed;
import io.mcpgovernor.Governor;
import io.mcpgovernor.McpSecurityException;
import io.mcpgovernor.audit.Durability;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.policy.Identity.Trust;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

/** {@link Governor#proxy}: a Java interface behind policies, masking and audit. */
final class GovernedInterfacesTest {
  record Customer(String id, String email, long phone, List<String> notes) {}

  /** Holds nothing but what was called. */
  record Called(long phone) {
    Called {
      if (phone != 5551234567L) {
        throw new IllegalArgumentException("no such number");
      }
    }
  }

  /** A host's own interface. */
  interface Customers {
    @GovernedTool(name = "called", requiresPii = true)
    Called called(String tenant_id);

    @GovernedTool(requiresPii = true)
    Customer find(String id, @Nullable String tenant_id);

    @GovernedTool(name = "find_all", requiresPii = true)
    Map<String, Customer> find(List<String> ids, String tenant_id);

    CompletionStage<Customer> findLater(String id, String tenant_id);

    Mono<Optional<Customer>> findReactively(String id, String tenant_id);

    void rename(String id, String name, String tenant_id);

    String whoami(String user_id);
  }

  private static final class CustomersInMemory implements Customers {
    private final AtomicInteger runs = new AtomicInteger();

    private Customer customer(String id) {
      runs.incrementAndGet();
      if (id.equals("unknown")) {
        throw new IllegalArgumentException("no customer john@example.com");
      }
      return new Customer(
          id, "john@example.com", id.equals("called") ? 5551234567L : 17, List.of("likes tea"));
    }

    @Override
    public Called called(String tenant) {
      return new Called(5551234567L);
    }

    @Override
    public Customer find(String id, @Nullable String tenant) {
      return customer(id + (tenant == null ? " of nobody" : ""));
    }

    @Override
    public Map<String, Customer> find(List<String> ids, String tenant) {
      return Map.of(ids.get(0), customer(ids.get(0)));
    }

    @Override
    public CompletionStage<Customer> findLater(String id, String tenant) {
      return CompletableFuture.supplyAsync(() -> customer(id));
    }

    @Override
    public Mono<Optional<Customer>> findReactively(String id, String tenant) {
      return Mono.fromSupplier(() -> Optional.of(customer(id)));
    }

    @Override
    public void rename(String id, String name, String tenant) {
      customer(id);
    }

    @Override
    public String whoami(String user) {
      return user;
    }
  }

  @TempDir Path directory;

  private final CustomersInMemory implementation = new CustomersInMemory();
  private @Nullable Principal caller = Principal.verified("alice");
  private Governor governor;
  private Customers customers;

  @BeforeEach
  void start() {
    governor = Governor.builder().auditTo(directory).durability(Durability.FLUSH).build();
    governor.grants().grantTenantAccess("alice", "acme");
    governor.grants().grantPiiPermission("alice");
    customers = governor.proxy(Customers.class, implementation, () -> caller);
  }

  @AfterEach
  void stop() {
    governor.close();
  }

  private static McpSecurityException denied(String policy, ThrowingCallable call) {
    McpSecurityException denied = catchThrowableOfType(McpSecurityException.class, call);
    assertThat(denied).isNotNull();
    assertThat(denied.failedPolicy()).isEqualTo(policy);
    assertThat(denied).hasMessage("Security policy violation: " + denied.denial().reason());
    assertThat(denied.suggestions()).isNotEmpty();
    assertThat(denied.toString()).doesNotContain("john@");
    return denied;
  }

  @Test
  void resultsComeBackAsTheirTypeMaskedAndOnRecord() {
    Customer customer = customers.find("c1", "acme");

    assertThat(customer).isEqualTo(new Customer("c1", "***@***.com", 17, List.of("likes tea")));
    assertThat(customers.find(List.of("c1"), "acme"))
        .containsEntry("c1", new Customer("c1", "***@***.com", 17, List.of("likes tea")));
    Map<String, Object> outcome = governor.readLogs(1).get(0).object();
    assertThat(outcome)
        .containsEntry("tool_name", "find_all")
        .containsEntry("server", "Customers")
        .containsEntry("user_id", "alice")
        .containsEntry("status", "success");
    assertThat(outcome.get("arguments"))
        .isEqualTo(Map.of("ids", List.of("c1"), "tenant_id", "acme"));
    assertNothingRawIsOnRecord();
  }

  private void assertNothingRawIsOnRecord() {
    for (Json record : governor.readLogs(100)) {
      assertThat(new String(record.utf8(), StandardCharsets.UTF_8)).doesNotContain("john@");
    }
  }

  @Test
  void theTenantThatTheEngineFillsInReachesTheMethod() {
    assertThat(customers.find("c1", null).id()).isEqualTo("c1");
  }

  @Test
  void asynchronousMethodsCompleteWithResultsAndDenials() {
    assertThat(customers.findLater("c1", "acme").toCompletableFuture().join().email())
        .isEqualTo("***@***.com");
    assertThat(customers.findReactively("c1", "acme").block())
        .hasValueSatisfying(customer -> assertThat(customer.email()).isEqualTo("***@***.com"));

    CompletableFuture<Customer> later = customers.findLater("c1", "globex").toCompletableFuture();
    denied(
        "rls",
        () -> {
          try {
            later.join();
          } catch (CompletionException e) {
            throw e.getCause();
          }
        });
    denied("rls", () -> customers.findReactively("c1", "globex").block());
    assertThat(implementation.runs).hasValue(2);
  }

  @Test
  void denialsSayWhyAndTheMethodIsNotCalled() {
    McpSecurityException denied = denied("rls", () -> customers.find("c1", "globex"));
    assertThat(denied.decision().isAllowed()).isFalse();
    assertThat(denied.denial().executed()).isEqualTo(Executed.NO);

    caller = null;
    denied("identity", () -> customers.find("c1", "acme"));
    caller = Principal.verified("bob");
    governor.grants().grantTenantAccess("bob", "acme");
    denied("pii_access", () -> customers.find("c1", "acme"));
    assertThat(implementation.runs).hasValue(0);
  }

  @Test
  void aMethodThatThrowsTellsNothingOfItsMessage() {
    McpSecurityException denied = denied("tool_error", () -> customers.find("unknown", "acme"));

    assertThat(denied.denial().executed()).isEqualTo(Executed.YES);
    assertThat(denied).hasNoCause();
    assertNothingRawIsOnRecord();
  }

  @Test
  void aTypeThatCanHoldNeitherMaskNorSurrogateWithholdsTheResult() {
    McpSecurityException denied = denied("masking_failed", () -> customers.called("acme"));

    assertThat(denied).hasMessageContaining("Called cannot hold it");
    assertThat(denied.decision().isAllowed()).isTrue();
    assertThat(governor.readLogs(1).get(0).object())
        .containsEntry("status", "error")
        .containsEntry("executed", "yes");
  }

  @Test
  void aTypeThatCannotHoldAMaskHoldsASurrogate() {
    Customer customer = customers.find("called", "acme");

    assertThat(customer.phone()).isZero();
    assertThat(customer.email()).doesNotContain("john");
    assertThat(governor.readLogs(1).get(0).object()).containsEntry("status", "success");
    assertNothingRawIsOnRecord();
  }

  @Test
  void nullForWhatIsRequiredIsDeniedAndVoidMethodsReturn() {
    denied("schema", () -> customers.rename("c1", null, "acme"));

    customers.rename("c1", "Jane", "acme");
    assertThat(implementation.runs).hasValue(1);
  }

  @Test
  void whereArgumentsAreTrustedTheyNameTheCaller() {
    try (Governor trusting =
        Governor.builder()
            .trust(Trust.ARGUMENTS)
            .auditTo(directory.resolve("trusting"))
            .durability(Durability.FLUSH)
            .build()) {
      Customers claimed = trusting.proxy(Customers.class, implementation);

      assertThat(claimed.whoami("carol")).isEqualTo("carol");
      assertThat(trusting.readLogs(1).get(0).object())
          .containsEntry("user_id", "carol")
          .containsEntry("principal_source", "arguments");
    }
    denied("identity", () -> governor.proxy(Customers.class, implementation).whoami("carol"));
  }

  @Test
  void objectMethodsAreTheProxysOwn() {
    assertThat(customers).hasToString("governed " + Customers.class.getName());
    assertThat(customers).isEqualTo(customers).isNotEqualTo(implementation);
    assertThat(customers.hashCode()).isEqualTo(System.identityHashCode(customers));
    assertThat(governor.readLogs(1).get(0).object()).containsEntry("event", "admin");
  }

  interface Slow {
    @GovernedTool(tenantFree = true, timeoutMillis = 50)
    Mono<String> answer();
  }

  @Test
  void whatAMethodSaysTooLateIsNotLogged() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    CompletableFuture<String> late = new CompletableFuture<>();
    Slow slow =
        governor.proxy(
            Slow.class,
            // What is behind it is not cancelled, and goes on to fail.
            () -> Mono.fromFuture(late, true).doFinally(end -> cancelled.countDown()),
            () -> caller);
    List<Throwable> loggedByReactor = new CopyOnWriteArrayList<>();
    Hooks.onErrorDropped(loggedByReactor::add);
    try {
      denied("timeout", () -> slow.answer().block());
      assertThat(cancelled.await(60, TimeUnit.SECONDS)).isTrue();

      late.completeExceptionally(new IllegalStateException("john@example.com"));
    } finally {
      Hooks.resetOnErrorDropped();
    }
    assertThat(loggedByReactor).isEmpty();
  }

  interface Overloaded {
    void a(String text);

    void a(int number);
  }

  interface Writes {
    void to(OutputStream out);
  }

  @Test
  void whatCannotBeDescribedIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> governor.proxy(CustomersInMemory.class, implementation))
        .withMessageContaining("not an interface");
    Overloaded overloaded =
        new Overloaded() {
          @Override
          public void a(String text) {}

          @Override
          public void a(int number) {}
        };
    assertThatIllegalArgumentException()
        .isThrownBy(() -> governor.proxy(Overloaded.class, overloaded))
        .withMessageContaining("two tools are named a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> governor.proxy(Writes.class, out -> {}))
        .withMessageContaining("OutputStream");
  }
}
