/**
 * The MCP server that gateways are measured in front of: a process of its own that does as little
 * as a server can, so that what is measured is the gateway. Knows no benchmark.
 */
@NullMarked
package io.mcpgovernor.bench.upstream;

import org.jspecify.annotations.NullMarked;
