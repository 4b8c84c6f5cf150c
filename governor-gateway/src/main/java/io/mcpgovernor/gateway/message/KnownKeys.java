package io.mcpgovernor.gateway.message;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The keys that readers of messages look for. Some readers (Go's encoding/json is one) take a key
 * that differs in case, after Unicode folding, for one they look for; others do not, and so would
 * read another message.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/schema">MCP 2025-11-25:
 *     schema</a>
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/schema">MCP 2026-07-28:
 *     schema</a>
 */
final class KnownKeys {
  /** Of the envelope. */
  static final KnownKeys ENVELOPE =
      new KnownKeys("jsonrpc", "id", "method", "params", "result", "error");

  /** Of {@code params}. */
  static final KnownKeys PARAMS =
      new KnownKeys(
          "_meta",
          "argument",
          "arguments",
          "capabilities",
          "clientInfo",
          "context",
          "createdAt",
          "cursor",
          "data",
          "elicitationId",
          "includeContext",
          "inputResponses",
          "lastUpdatedAt",
          "level",
          "logger",
          "maxTokens",
          "message",
          "messages",
          "metadata",
          "mode",
          "modelPreferences",
          "name",
          "notifications",
          "pollInterval",
          "progress",
          "progressToken",
          "protocolVersion",
          "reason",
          "ref",
          "requestId",
          "requestState",
          "requestedSchema",
          "status",
          "statusMessage",
          "stopSequences",
          "systemPrompt",
          "task",
          "taskId",
          "temperature",
          "toolChoice",
          "tools",
          "total",
          "ttl",
          "uri",
          "url");

  /** Of {@code params._meta}. */
  static final KnownKeys META =
      new KnownKeys(
          "baggage",
          "progressToken",
          "traceparent",
          "tracestate",
          "io.modelcontextprotocol/clientCapabilities",
          "io.modelcontextprotocol/clientInfo",
          "io.modelcontextprotocol/logLevel",
          "io.modelcontextprotocol/protocolVersion",
          "io.modelcontextprotocol/related-task",
          "io.modelcontextprotocol/subscriptionId");

  /** Longer than any way to write a known key: an escape takes six bytes a letter. */
  static final int WRITTEN_MAX = 512;

  private final String[] keys;
  private final byte[][] written;
  private final Set<String> folded = new HashSet<>();

  private KnownKeys(String... keys) {
    this.keys = keys;
    this.written = new byte[keys.length][];
    for (int i = 0; i < keys.length; i++) {
      written[i] = keys[i].getBytes(US_ASCII);
      folded.add(fold(keys[i]));
    }
  }

  /** The key that stands there, if it is one of these, and without escapes; else empty. */
  String find(byte[] text, int from, int to) {
    for (int i = 0; i < keys.length; i++) {
      byte[] key = written[i];
      if (key.length == to - from && Arrays.equals(text, from, to, key, 0, key.length)) {
        return keys[i];
      }
    }
    return "";
  }

  /** Whether it is one of these. */
  boolean contains(String key) {
    return Arrays.asList(keys).contains(key);
  }

  /** Whether a key that is none of these is one but for case. */
  boolean isMimicked(String key) {
    return folded.contains(fold(key)) || folded.contains(foldEach(key));
  }

  /** Full folding: a sharp s is two letters, a ligature its letters. */
  private static String fold(String key) {
    return key.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  /** Letter by letter, as {@link String#equalsIgnoreCase} does: a dotted capital I is an i. */
  private static String foldEach(String key) {
    return key.codePoints()
        .map(Character::toUpperCase)
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
