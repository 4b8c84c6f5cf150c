package io.mcpgovernor.bench;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.config.ToolSchema;
import io.mcpgovernor.pii.Sensitivity;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The tool that is called in benchmarks, and calls of it whose user and arguments always differ.
 */
public final class Calls {
  private static final String SERVER = "bench";
  private static final Map<String, Object> INPUT_SCHEMA =
      Map.of(
          "type",
          "object",
          "properties",
          Map.of(
              "customer_id", Map.of("type", "string", "maxLength", 20),
              "tenant_id", Map.of("type", "string"),
              "include", Map.of("type", "array", "items", Map.of("type", "string")),
              "limit", Map.of("type", "integer", "minimum", 1, "maximum", 1_000)),
          "required",
          List.of("customer_id", "tenant_id"),
          "additionalProperties",
          false);

  private final SplittableRandom random = new SplittableRandom(7);
  private final int users;

  /**
   * Calls of so many users.
   *
   * @param users at least 1
   */
  public Calls(int users) {
    this.users = users;
  }

  /** Registers the tool and lets every user use it. */
  public void allow(Governor governor) {
    Tool tool =
        Tool.of(
                SERVER,
                Json.of(
                    Map.of(
                        "name", "get_customer_profile",
                        "description", "The customer's profile with e-mail and phone.",
                        "inputSchema", INPUT_SCHEMA)))
            .requiresPii(true)
            .argumentCheck(ToolSchema.of(INPUT_SCHEMA))
            .build();
    governor.tools().register(tool, Sensitivity.STANDARD);
    for (int user = 0; user < users; user++) {
      governor.grants().grantTenantAccess("user-" + user, "acme");
      governor.grants().grantPiiPermission("user-" + user);
    }
  }

  /** The next call, of any user. */
  public CallRequest next(int number) {
    return by(random.nextInt(users), number);
  }

  /** A call of a certain user. */
  public static CallRequest by(int user, int number) {
    return CallRequest.of(
        SERVER, "get_customer_profile", arguments(number), Principal.verified("user-" + user));
  }

  /** The same call as if it had just arrived: nothing is known yet of what its arguments are. */
  public static CallRequest arrived(CallRequest call) {
    return new CallRequest(
        call.server(),
        call.tool(),
        Json.of(call.arguments().tree()),
        call.meta(),
        call.principal());
  }

  /** Arguments as a door hands them over. */
  public static Json arguments(int number) {
    return Json.of(
        Map.of(
            "customer_id",
            "C-" + number,
            "tenant_id",
            "acme",
            "include",
            List.of("orders", "tickets"),
            "limit",
            number % 1_000 + 1));
  }
}
