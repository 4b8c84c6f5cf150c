/**
 * An MCP server with every feature that the official conformance suite asks of a server, on the
 * official MCP Java SDK. It runs bare or with governed tools; {@code scripts/conformance} runs the
 * suite against both and compares. The names of tools, prompts and resources, and what they answer,
 * are the suite's.
 */
@NullMarked
package io.mcpgovernor.examples.conformance;

import org.jspecify.annotations.NullMarked;
