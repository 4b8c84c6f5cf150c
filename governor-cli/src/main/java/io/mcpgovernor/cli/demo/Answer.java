package io.mcpgovernor.cli.demo;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a client got for one call.
 *
 * @param refusal what governance says instead of a result; null where there is a result
 * @param isError whether the result is marked as an error
 * @param text the text blocks, one after the other
 * @param structured the structured content; empty if there is none
 * @param json all of it, as JSON
 */
record Answer(
    @Nullable Refusal refusal, boolean isError, String text, Map<?, ?> structured, String json) {

  private static final String DENIAL = "io.mcpgovernor/denial";
  private static final McpJsonMapper MAPPER = McpJsonDefaults.getMapper();

  /**
   * A denial as a client reads it from {@code _meta}.
   *
   * @param retryAfterMillis null where waiting does not help
   * @param executed whether the tool ran: no, yes or unknown
   */
  record Refusal(
      String code,
      String reason,
      List<String> suggestions,
      @Nullable Long retryAfterMillis,
      String executed,
      String decisionId) {

    private static Refusal of(Map<?, ?> denial) {
      return new Refusal(
          String.valueOf(denial.get("code")),
          String.valueOf(denial.get("reason")),
          denial.get("suggestions") instanceof List<?> all
              ? all.stream().map(String::valueOf).toList()
              : List.of(),
          denial.get("retry_after_ms") instanceof Number millis ? millis.longValue() : null,
          String.valueOf(denial.get("executed")),
          String.valueOf(denial.get("decision_id")));
    }
  }

  static Answer of(CallToolResult result) {
    Object denial = result.meta() == null ? null : result.meta().get(DENIAL);
    try {
      return new Answer(
          denial instanceof Map<?, ?> members ? Refusal.of(members) : null,
          Boolean.TRUE.equals(result.isError()),
          result.content().stream()
              .filter(TextContent.class::isInstance)
              .map(block -> ((TextContent) block).text())
              .collect(Collectors.joining("\n")),
          result.structuredContent() instanceof Map<?, ?> members ? members : Map.of(),
          MAPPER.writeValueAsString(result));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAllowed() {
    return refusal == null && !isError;
  }

  boolean isRefused(String code) {
    return refusal != null && isError && refusal.code.equals(code);
  }

  /** Whether the text is the structured content once more, as the specification asks. */
  boolean textEqualsStructured() {
    try {
      return structured.equals(MAPPER.readValue(text, Map.class));
    } catch (IOException e) {
      return false;
    }
  }
}
