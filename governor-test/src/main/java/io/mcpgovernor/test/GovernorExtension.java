package io.mcpgovernor.test;

import io.mcpgovernor.Governor;
import io.mcpgovernor.GovernorBuilder;
import io.mcpgovernor.mcp.GovernedTools;
import io.mcpgovernor.policy.Grants;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Governs tools for a test, so that it can say what is allowed, what is denied, what is masked and
 * what goes on record:
 *
 * <pre>{@code
 * @RegisterExtension
 * final GovernorExtension governed =
 *     GovernorExtension.of(new CustomerTools()).with(governor -> governor.callsPerHour(2));
 *
 * @Test
 * void whoHasNoAccessToTheTenantIsDenied() {
 *   governed.assertThatCall("get_customer").as("mallory").in("acme").isDenied("rls");
 * }
 * }</pre>
 *
 * <p>Calls go through the governed tools themselves: real policies, real masking, a real audit log.
 * Only the server and its transport are left out, so that no port is opened. Each test gets a
 * governor of its own: limits, grants and the log start anew. The clock stands still until the test
 * moves it ({@link #clock}); the log is in a temporary directory that is deleted after the test.
 *
 * <p>Declare it as a field that is not static. What is set up with it ({@link #with}, {@link
 * #declaring}, {@link #tools}) is not thread-safe; what a test does with it is.
 */
public final class GovernorExtension implements BeforeEachCallback, AfterEachCallback {
  private final List<Object> objects;
  private final List<Object> specifications = new ArrayList<>();
  private Consumer<GovernorBuilder> policies = builder -> {};
  private Consumer<GovernedTools> declarations = tools -> {};
  private final AtomicReference<@Nullable TestBed> running = new AtomicReference<>();

  private GovernorExtension(List<Object> objects) {
    this.objects = objects;
  }

  /**
   * Governs the tools of objects.
   *
   * @param objects their methods that bear {@link io.mcpgovernor.method.GovernedTool} are tools;
   *     none if there are only specifications
   */
  public static GovernorExtension of(Object... objects) {
    return new GovernorExtension(List.of(objects));
  }

  /**
   * Governs these tools as well.
   *
   * @param specifications of any of the four types of the MCP Java SDK, as they are before {@link
   *     GovernedTools#wrap}: one that is governed already keeps its own governor
   */
  public GovernorExtension tools(List<?> specifications) {
    this.specifications.addAll(specifications);
    return this;
  }

  /**
   * Sets up the governor, before each test. The clock is set already and may be replaced. The audit
   * log is the test's: a setup that says where it goes ({@code auditTo}, {@code auditLog}) fails.
   */
  public GovernorExtension with(Consumer<GovernorBuilder> setup) {
    policies = policies.andThen(setup);
    return this;
  }

  /**
   * Says what there is to say about the tools, before each test: {@code tools ->
   * tools.tool("export", tool -> tool.strict())}.
   */
  public GovernorExtension declaring(Consumer<GovernedTools> declarations) {
    this.declarations = this.declarations.andThen(declarations);
    return this;
  }

  /**
   * Starts a call that ends in an assertion.
   *
   * @param tool the tool's name
   * @throws IllegalArgumentException if there is no such tool: a server of the SDK answers such
   *     calls by itself
   * @throws IllegalStateException if no test is running
   */
  public CallAssert assertThatCall(String tool) {
    TestBed test = test();
    if (!test.tools().contains(tool)) {
      throw new IllegalArgumentException(
          "there is no tool named " + tool + "; there are: " + String.join(", ", test.tools()));
    }
    return new CallAssert(test, Asked.of(tool));
  }

  /**
   * Starts an assertion about what is on record by now.
   *
   * @throws IllegalStateException if no test is running
   */
  public AuditAssert assertThatAudit() {
    return new AuditAssert(test().governor().readLogs(Integer.MAX_VALUE));
  }

  /**
   * Who may reach which tenants and read PII.
   *
   * @throws IllegalStateException if no test is running
   */
  public Grants grants() {
    return governor().grants();
  }

  /**
   * The clock of the running test.
   *
   * @throws IllegalStateException if no test is running
   */
  public FakeClock clock() {
    return test().clock();
  }

  /**
   * The governor of the running test, for all else: {@link Governor#proxy}, {@link
   * Governor#readLogs}. It is closed after the test.
   *
   * @throws IllegalStateException if no test is running
   */
  public Governor governor() {
    return test().governor();
  }

  /**
   * Where the running test's audit log is.
   *
   * @throws IllegalStateException if no test is running
   */
  public Path auditDirectory() {
    return test().auditDirectory();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    TestBed test = new TestBed(policies, declarations, objects, specifications);
    if (!running.compareAndSet(null, test)) {
      test.close();
      throw new IllegalStateException(
          "two tests use one GovernorExtension at the same time; declare it as a field that is not"
              + " static, in a class without Lifecycle.PER_CLASS");
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    TestBed test = running.getAndSet(null);
    if (test != null) {
      test.close();
    }
  }

  private TestBed test() {
    TestBed test = running.get();
    if (test == null) {
      throw new IllegalStateException(
          "no test is running with this extension: declare it as a field with @RegisterExtension");
    }
    return test;
  }
}
