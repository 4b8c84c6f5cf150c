package io.mcpgovernor.cli.differential;

import io.mcpgovernor.call.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool of the fixture. What it answers depends on its arguments alone, so that a server in front
 * of the governor and one behind it answer the same.
 */
enum FixtureTool {
  /** Reads PII, for a tenant. */
  GET_CUSTOMER(
      """
      {"description": "Reads a customer.",
       "inputSchema": {"type": "object", "properties": {
         "seed": {"type": "integer", "minimum": 1}, "tenant_id": {"type": "string"},
         "fields": {"type": "array", "items": {"type": "string"}, "maxItems": 5}},
         "required": ["seed"], "additionalProperties": false},
       "annotations": {"readOnlyHint": true}}
      """),
  /** Masked strictly. */
  EXPORT_ROWS(
      """
      {"description": "Exports rows.",
       "inputSchema": {"type": "object", "properties": {
         "seed": {"type": "integer"}, "limit": {"type": "integer"},
         "format": {"type": "string", "enum": ["json", "csv"]}}, "required": ["seed"]},
       "annotations": {"readOnlyHint": true}}
      """),
  /** Takes query text and nested filters. */
  SEARCH(
      """
      {"description": "Searches.",
       "inputSchema": {"type": "object", "properties": {
         "seed": {"type": "integer"}, "query": {"type": "string"}, "filter": {"type": "object"},
         "order": {"type": ["string", "null"]}}},
       "annotations": {"readOnlyHint": true}}
      """),
  /** Writes. */
  UPDATE_NOTE(
      """
      {"description": "Writes a note.",
       "inputSchema": {"type": "object", "properties": {
         "seed": {"type": "integer"}, "note": {"type": "string"}}, "required": ["note"]}}
      """),
  /** Promises what its results are like, and masks fit. */
  TYPED(
      """
      {"description": "Answers with a promise.",
       "inputSchema": {"type": "object", "properties": {"seed": {"type": "integer"}}},
       "outputSchema": {"type": "object", "properties": {
         "email": {"type": "string", "format": "email"}, "count": {"type": "integer"},
         "account": {"type": ["number", "string"]}}, "required": ["email"]}}
      """),
  /** Promises what no mask fits. */
  ENUMERATED(
      """
      {"description": "Answers with one of a few values.",
       "inputSchema": {"type": "object", "properties": {"seed": {"type": "integer"}}},
       "outputSchema": {"type": "object", "properties": {
         "value": {"enum": ["123-45-6789", "none", "other"]}}, "required": ["value"]}}
      """),
  /** Breaks its promise. */
  BREAKS_PROMISE(
      """
      {"description": "Promises a number.",
       "inputSchema": {"type": "object", "properties": {"seed": {"type": "integer"}}},
       "outputSchema": {"type": "object", "properties": {
         "value": {"type": "integer"}}, "required": ["value"]}}
      """),
  /** All kinds of content. */
  CONTENTS(
      """
      {"title": "All contents", "description": "Answers with contents of all kinds.",
       "inputSchema": {"type": "object", "properties": {"seed": {"type": "integer"}}},
       "annotations": {"readOnlyHint": true, "openWorldHint": false}}
      """),
  /** Numbers as JSON can write them. */
  NUMBERS(
      """
      {"description": "Answers with numbers.",
       "inputSchema": {"type": "object", "properties": {"seed": {"type": "integer"}}}}
      """),
  /** Fails, and says so in a result. */
  FAILS(
      """
      {"description": "Fails.",
       "inputSchema": {"type": "object", "properties": {"seed": {"type": "integer"}}}}
      """),
  /** Throws. */
  CRASHES(
      """
      {"description": "Crashes.",
       "inputSchema": {"type": "object", "properties": {"seed": {"type": "integer"}}}}
      """),
  /** Answers with an error of the protocol. */
  ERRORS(
      """
      {"description": "Answers with an error.",
       "inputSchema": {"type": "object", "properties": {"seed": {"type": "integer"}}}}
      """),
  /** Takes longer than it may. */
  SLEEPS(
      """
      {"description": "Sleeps.",
       "inputSchema": {"type": "object", "properties": {"seed": {"type": "integer"}}}}
      """),
  /** Runs until the test lets it end. */
  HOLDS("{\"description\": \"Holds.\", \"inputSchema\": {\"type\": \"object\"}}"),
  /** Answers with more than may be. */
  FLOODS(
      """
      {"description": "Answers at length.",
       "inputSchema": {"type": "object", "properties": {
         "seed": {"type": "integer"}, "bytes": {"type": "integer", "maximum": 400000}}}}
      """),
  /** Hidden by a rule. */
  SECRET_TOOL("{\"description\": \"Hidden.\", \"inputSchema\": {\"type\": \"object\"}}"),
  /** Limited by a rule. */
  SCARCE("{\"description\": \"Scarce.\", \"inputSchema\": {\"type\": \"object\"}}"),
  /** One of its arguments has to name the caller. */
  OWN_DATA(
      """
      {"description": "Reads what is one's own.",
       "inputSchema": {"type": "object", "properties": {
         "seed": {"type": "integer"}, "user_id": {"type": "string"}}}}
      """),
  /** Rules look at its results. */
  JUDGED(
      """
      {"description": "Answers what rules look at.",
       "inputSchema": {"type": "object", "properties": {"seed": {"type": "integer"}}}}
      """),
  /** Says nothing about itself. */
  PING("{\"inputSchema\": {\"type\": \"object\"}}");

  private final Json definition;

  FixtureTool(String definition) {
    Map<String, @Nullable Object> all =
        new LinkedHashMap<>(Map.of("name", name().toLowerCase(Locale.ROOT)));
    all.putAll(Json.text(definition).object());
    this.definition = Json.of(all);
  }

  /** As servers list it. */
  Json definition() {
    return definition;
  }

  /** Its name to clients. */
  String toolName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
