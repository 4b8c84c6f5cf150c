/**
 * Java methods as tools: what {@link io.mcpgovernor.method.GovernedTool} marks becomes a tool with
 * a name, a description and schemas, and a Java interface becomes a governed one ({@link
 * io.mcpgovernor.Governor#proxy}). Knows nothing of the MCP SDK; imports configuration and engine.
 */
@NullMarked
package io.mcpgovernor.method;

import org.jspecify.annotations.NullMarked;
