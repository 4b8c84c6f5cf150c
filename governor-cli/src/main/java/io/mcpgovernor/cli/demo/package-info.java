/**
 * The demonstration: a real MCP server that is governed, real MCP clients, and a story of calls
 * that are allowed, masked and refused. {@link io.mcpgovernor.cli.demo.Scenario} is the story,
 * {@link io.mcpgovernor.cli.demo.Stage} is where it happens, and the reports print what happened.
 */
@NullMarked
package io.mcpgovernor.cli.demo;

import org.jspecify.annotations.NullMarked;
