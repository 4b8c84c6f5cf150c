package io.mcpgovernor.cli.differential;

/**
 * What a client got.
 *
 * @param kind {@code result}, {@code error}, or the status of an HTTP answer that has no message
 * @param json the result or error, its bytes as text
 */
record WireAnswer(String kind, String json) {}
