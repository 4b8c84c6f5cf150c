package io.mcpgovernor.gateway.admin;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.gateway.admin.GatewayState.Configuration;
import io.mcpgovernor.gateway.catalogue.PinException;
import io.mcpgovernor.gateway.catalogue.PinnedTool;
import io.mcpgovernor.gateway.catalogue.PinnedTool.Definition;
import io.mcpgovernor.policy.Grant;
import io.mcpgovernor.policy.Grant.Effect;
import io.mcpgovernor.policy.Grant.What;
import io.mcpgovernor.policy.GrantStoreException;
import io.mcpgovernor.policy.Subject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What administrators see and change: grants, tools, keys and the configuration. Each change is on
 * record before it counts, with who made it. Thread-safe.
 */
final class Administration {
  private static final int BY_CHARS_MAX = 256;
  private static final String BY = "by";
  private static final String REASON = "reason";
  private static final String TENANT = "tenant";
  private static final String PERMISSION = "permission";

  private final GatewayState state;
  private final AuditSearch search;

  Administration(GatewayState state) {
    this.state = state;
    this.search = new AuditSearch(state.auditDirectory());
  }

  List<AdminRoute> routes() {
    return List.of(
        AdminRoute.of("GET", "/v1/configuration", request -> configuration()),
        AdminRoute.of("POST", "/v1/configuration/reload", request -> reload()),
        AdminRoute.of("GET", "/v1/grants", request -> grants()),
        AdminRoute.of("POST", "/v1/grants", request -> change(request, Effect.GRANT)),
        AdminRoute.of("POST", "/v1/revocations", request -> change(request, Effect.REVOKE)),
        AdminRoute.of("GET", "/v1/tools", this::tools),
        AdminRoute.of("POST", "/v1/tools/approve", this::approve),
        AdminRoute.of("GET", "/v1/keys", request -> keys()),
        AdminRoute.of("POST", "/v1/keys/revoke", this::revokeKey),
        AdminRoute.of("GET", "/v1/audit", search::find));
  }

  private Reply configuration() {
    Configuration configuration = state.configuration();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("version", configuration.version());
    body.put("taken", configuration.taken());
    body.put("refused", configuration.refused());
    body.put("problem", configuration.problem());
    return Reply.json(200, Json.of(body));
  }

  private Reply reload() {
    try {
      state.configuration().reload();
    } catch (RuntimeException e) { // whatever is wrong with the file, what ran goes on
      return Reply.problem(
          422, "The file is not taken over, and what ran goes on: " + e.getMessage());
    }
    return configuration();
  }

  private Reply grants() {
    return list("grants", state.governor().grants().list(), Administration::json);
  }

  private Reply change(AdminRequest request, Effect effect) throws ProblemException {
    Grant grant = grant(request.members(), effect);
    try {
      state.governor().grants().apply(grant);
    } catch (GrantStoreException e) {
      return Reply.problem(503, "The store of grants cannot be used: " + e.getMessage());
    } catch (IllegalStateException e) {
      return Reply.problem(
          503, "The change could not be put on record, so nothing has changed; look at /readyz.");
    }
    return Reply.json(201, Json.of(json(grant)));
  }

  private static Grant grant(Map<String, @Nullable Object> members, Effect effect)
      throws ProblemException {
    known(members, List.of("subject", TENANT, PERMISSION, REASON, BY, "until"));
    String tenant = AdminRequest.text(members, TENANT);
    String permission = AdminRequest.text(members, PERMISSION);
    if ((tenant == null) == (permission == null)) {
      throw new ProblemException(422, "Say either tenant or permission.");
    }
    String object = tenant != null ? tenant : Objects.requireNonNull(permission);
    String reason =
        effect == Effect.GRANT
            ? AdminRequest.required(members, REASON)
            : Objects.requireNonNullElse(AdminRequest.text(members, REASON), "");
    Instant now = Instant.now();
    Instant until = moment(AdminRequest.text(members, "until"), "until");
    if (until != null && !until.isAfter(now)) {
      throw new ProblemException(422, "until is over already.");
    }
    try {
      return new Grant(
          Subject.parse(AdminRequest.required(members, "subject")),
          tenant != null ? What.TENANT : What.PERMISSION,
          object,
          effect,
          until,
          reason,
          by(members),
          now);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(422, String.valueOf(e.getMessage()));
    }
  }

  static @Nullable Instant moment(@Nullable String text, String name) throws ProblemException {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new ProblemException(422, name + " is a moment in UTC, such as 2027-01-31T00:00:00Z.");
    }
  }

  private static Map<String, @Nullable Object> json(Grant grant) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("subject", grant.subject().toString());
    members.put("effect", grant.effect().name().toLowerCase(Locale.ROOT));
    members.put(grant.what() == What.TENANT ? TENANT : PERMISSION, grant.object());
    members.put("until", grant.expiresAt() == null ? null : grant.expiresAt().toString());
    members.put(REASON, grant.reason());
    members.put(BY, grant.by());
    members.put("at", grant.at().toString());
    return members;
  }

  private Reply tools(AdminRequest request) {
    boolean pending = "true".equals(request.query().get("pending"));
    try {
      return list(
          "tools",
          state.pins().list().stream().filter(t -> !pending || t.isQuarantined()).toList(),
          Administration::json);
    } catch (PinException e) {
      return Reply.problem(503, "The file of pins cannot be read: " + e.getMessage());
    }
  }

  /** Approves what somebody has looked at, and nothing that came since. */
  private Reply approve(AdminRequest request) throws ProblemException {
    Map<String, @Nullable Object> members = request.members();
    known(members, List.of("server", "tool", "pin", BY));
    String name =
        AdminRequest.required(members, "server") + "." + AdminRequest.required(members, "tool");
    String pin = AdminRequest.required(members, "pin");
    try {
      List<PinnedTool> approved =
          state
              .pins()
              .approve(
                  tool ->
                      tool.fullName().equals(name)
                          && tool.waiting() != null
                          && tool.waiting().pin().equals(pin),
                  by(members));
      PinnedTool now =
          state.pins().list().stream()
              .filter(tool -> tool.fullName().equals(name))
              .findFirst()
              .orElseThrow(() -> new ProblemException(404, "No tool of this name is known."));
      return approved.isEmpty()
          ? Reply.problem(
              409,
              "Nothing is approved: no definition with this pin waits; GET /v1/tools shows what"
                  + " does.")
          : Reply.json(200, Json.of(json(now)));
    } catch (PinException e) {
      return Reply.problem(503, "The file of pins cannot be used: " + e.getMessage());
    }
  }

  private static Map<String, @Nullable Object> json(PinnedTool tool) {
    Definition pinned = tool.pinned();
    Definition waiting = tool.waiting();
    Definition shown = waiting != null ? waiting : Objects.requireNonNull(pinned);
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("server", tool.server());
    members.put("tool", tool.name());
    members.put(
        "state",
        waiting == null && tool.recorded()
            ? "pinned"
            : waiting == null ? "approved" : pinned == null ? "new" : "changed");
    members.put("since", shown.since().toString());
    members.put(BY, waiting != null ? null : shown.by());
    members.put("pinned", pinned == null ? null : pinned.pin());
    members.put("waiting", waiting == null ? null : waiting.pin());
    return members;
  }

  private Reply keys() throws ProblemException {
    return list("keys", store().list(), Function.identity());
  }

  private Reply revokeKey(AdminRequest request) throws ProblemException {
    Map<String, @Nullable Object> members = request.members();
    known(members, List.of("id", BY));
    String id = AdminRequest.required(members, "id");
    return store().revoke(id, by(members))
        ? Reply.json(200, Json.of(Map.of("revoked", id)))
        : Reply.problem(404, "There is no key of this id that is not revoked already.");
  }

  private GatewayState.Keys store() throws ProblemException {
    GatewayState.Keys keys = state.keys();
    if (keys == null) {
      throw new ProblemException(404, "This gateway takes no API keys.");
    }
    return keys;
  }

  private static String by(Map<String, @Nullable Object> members) throws ProblemException {
    String by = AdminRequest.required(members, BY);
    if (by.length() > BY_CHARS_MAX) {
      throw new ProblemException(422, "by has at most " + BY_CHARS_MAX + " characters.");
    }
    return by;
  }

  private static void known(Map<String, @Nullable Object> members, List<String> names)
      throws ProblemException {
    for (String name : members.keySet()) {
      if (!names.contains(name)) {
        throw new ProblemException(
            422, "There is nothing else to say than " + String.join(", ", names) + ".");
      }
    }
  }

  private static <T> Reply list(
      String name, List<T> all, Function<T, Map<String, @Nullable Object>> json) {
    List<Map<String, @Nullable Object>> list = new ArrayList<>();
    all.forEach(one -> list.add(json.apply(one)));
    return Reply.json(200, Json.of(Map.of(name, list)));
  }
}
