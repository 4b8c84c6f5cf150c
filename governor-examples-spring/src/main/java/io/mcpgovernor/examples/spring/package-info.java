/**
 * A Spring AI MCP server, governed: {@link io.mcpgovernor.examples.spring.GovernanceConfiguration}
 * says what applies, {@link io.mcpgovernor.examples.spring.GovernedToolBeans} sees to it that it
 * applies to every tool.
 */
@NullMarked
package io.mcpgovernor.examples.spring;

import org.jspecify.annotations.NullMarked;
