package io.mcpgovernor.config.rule;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.policy.RuleFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Facts of one call, which say what was asked for. */
final class TestFacts implements RuleFacts {
  static final Tool EXPORT =
      Tool.of(
              "crm",
              Json.text(
                  """
                  {"name":"export","title":"Export rows",
                   "annotations":{"destructiveHint":true,"title":"old"},
                   "inputSchema":{"type":"object","properties":{
                     "format":{"type":"string","enum":["csv","json"]},
                     "mode":{"const":"full"},
                     "filter":{"type":"object","properties":{"unit":{"enum":["day","week"]}}}}}}
                  """))
          .tags(Set.of("bulk", "slow"))
          .build();

  final List<String> asked = new ArrayList<>();
  private final ToolCall call;
  private final @Nullable Result result;

  private TestFacts(ToolCall call, @Nullable Result result) {
    this.call = call;
    this.result = result;
  }

  static TestFacts with(String arguments) {
    return with(Json.text(arguments));
  }

  static TestFacts with(Json arguments) {
    return of(EXPORT, arguments, null);
  }

  static TestFacts of(Tool tool, Json arguments, @Nullable Result result) {
    Principal alice =
        new Principal(
            "https://login.example",
            "alice",
            Set.of("acme"),
            Set.of("admin", "auditor"),
            Principal.Source.VERIFIED);
    // A Tuesday, 17:30 in Vienna.
    return new TestFacts(
        new ToolCall(
            "call-1", alice, "acme", tool, arguments, Instant.parse("2026-12-01T16:30:00Z")),
        result);
  }

  /** The same call for no tenant. */
  TestFacts withoutTenant() {
    return new TestFacts(
        new ToolCall("call-1", call.principal(), null, call.tool(), call.arguments(), call.at()),
        result);
  }

  @Override
  public ToolCall call() {
    return call;
  }

  @Override
  public String protocol() {
    return noted("protocol", "2026-07-28");
  }

  @Override
  public boolean readsPii() {
    return noted("readsPii", true);
  }

  @Override
  public Set<String> tenants() {
    return noted("tenants", Set.of("acme", "globex"));
  }

  @Override
  public Set<String> permissions() {
    return noted("permissions", Set.of("PII_READ"));
  }

  @Override
  public Map<String, Integer> argumentsPii() {
    return noted("argumentsPii", Map.of("email", 2));
  }

  @Override
  public double score() {
    return noted("score", 42.5);
  }

  @Override
  public long callsInWindow() {
    return noted("callsInWindow", 7L);
  }

  @Override
  public long denialsInMinute() {
    return noted("denialsInMinute", 3L);
  }

  @Override
  public @Nullable Result result() {
    return result;
  }

  private <T> T noted(String fact, T value) {
    asked.add(fact);
    return value;
  }
}
