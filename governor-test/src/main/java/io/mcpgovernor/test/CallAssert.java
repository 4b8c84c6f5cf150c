package io.mcpgovernor.test;

import io.mcpgovernor.Denial;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.policy.DenialCode;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call that is made as soon as it is asserted how it ends: {@link #isAllowed} and {@link
 * #isDenied(String)} make exactly one call each, and it counts towards limits like any other.
 *
 * <p>Immutable and thread-safe: what several calls have in common can be kept in a variable.
 */
public final class CallAssert {
  private final TestBed test;
  private final Asked asked;

  CallAssert(TestBed test, Asked asked) {
    this.test = test;
    this.asked = asked;
  }

  /** Calls as a user whom the transport has verified. Without a user, nobody calls. */
  public CallAssert as(String user) {
    return as(Principal.verified(user));
  }

  /** Calls as a principal whom the transport has verified. */
  public CallAssert as(Principal principal) {
    return new CallAssert(test, asked.as(principal));
  }

  /**
   * Gives the caller roles, as a token brings them.
   *
   * @throws IllegalStateException if it was not said before who calls
   */
  public CallAssert withRoles(String... roles) {
    return as(caller().withRoles(Set.of(roles)));
  }

  /**
   * Gives the caller tenants, as a token brings them: those can be reached without a grant.
   *
   * @throws IllegalStateException if it was not said before who calls
   */
  public CallAssert withTenants(String... tenants) {
    return as(caller().withTenants(Set.of(tenants)));
  }

  /**
   * Calls for a tenant, which is named in the request's {@code _meta}. A tool that has a parameter
   * for its tenant is passed it there by the governor, whatever the parameter is called; a tenant
   * among the arguments goes before.
   */
  public CallAssert in(String tenant) {
    return new CallAssert(test, asked.in(tenant));
  }

  /**
   * Passes an argument.
   *
   * @param value a JSON value: a map, list, string, number, boolean or null
   */
  public CallAssert with(String name, @Nullable Object value) {
    return with(Collections.singletonMap(name, value));
  }

  /** Passes arguments, besides those passed before. */
  public CallAssert with(Map<String, ? extends @Nullable Object> arguments) {
    return new CallAssert(test, asked.withArguments(arguments));
  }

  /**
   * Passes arguments, besides those passed before.
   *
   * @param arguments a JSON object
   * @throws io.mcpgovernor.call.MalformedJsonException if it is not
   */
  public CallAssert withJson(String arguments) {
    return with(Json.text(arguments).object());
  }

  /** Sends something in the request's {@code _meta}. */
  public CallAssert withMeta(String name, @Nullable Object value) {
    return new CallAssert(test, asked.withMeta(name, value));
  }

  /**
   * Lets the transport know something, such as a header, where {@link
   * io.mcpgovernor.mcp.GovernedTools#principal} or a tool looks for it.
   */
  public CallAssert withContext(String name, Object value) {
    return new CallAssert(test, asked.withContext(name, value));
  }

  /**
   * Makes the call, which must be allowed, and its result released. A tool that itself answers with
   * an error was allowed, too; see {@link ResultAssert#isError}.
   */
  public ResultAssert isAllowed() {
    Answer answer = test.call(asked);
    if (answer.denial() != null) {
      throw answer.failure(
          "was to be allowed but was " + answer.decision(), "allowed", answer.decision());
    }
    return new ResultAssert(answer);
  }

  /**
   * Makes the call, which must be denied, or its result withheld.
   *
   * @param code one of {@code docs/denials.md}, such as {@code rate_limit}; {@code rule:} and its
   *     name for a rule of the host's
   */
  public DenialAssert isDenied(String code) {
    Answer answer = test.call(asked);
    Denial denial = answer.denial();
    if (denial == null || !denial.code().name().equals(code)) {
      throw answer.failure(
          "was to be denied (" + code + ") but was " + answer.decision(),
          "denied (" + code + ")",
          answer.decision());
    }
    return new DenialAssert(answer, denial);
  }

  /** Makes the call, which must be denied, or its result withheld. */
  public DenialAssert isDenied(DenialCode code) {
    return isDenied(code.name());
  }

  private Principal caller() {
    Principal caller = asked.principal();
    if (caller == null) {
      throw new IllegalStateException("nobody has roles or tenants: say as(user) before");
    }
    return caller;
  }
}
