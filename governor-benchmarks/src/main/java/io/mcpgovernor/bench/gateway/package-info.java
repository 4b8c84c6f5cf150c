/**
 * The gateway measured as it runs in production: a process of its own between a client that costs
 * little and a server that costs little, each a process as well.
 */
@NullMarked
package io.mcpgovernor.bench.gateway;

import org.jspecify.annotations.NullMarked;
