/**
 * A customer-service MCP server as somebody would write it without governance: the official MCP
 * Java SDK, Jetty and a database in memory. Its tools return personal data as it is stored, trust
 * the {@code tenant_id} they are given, and let exceptions through; that is what governance is then
 * wrapped around. It imports nothing of mcp-governor.
 */
@NullMarked
package io.mcpgovernor.examples.customers;

import org.jspecify.annotations.NullMarked;
