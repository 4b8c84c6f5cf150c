/**
 * JSON-RPC messages and server-sent events as bytes: read as far as a relay must know them, passed
 * on as they came, changed only where they have to be. Knows nothing of transports and governance.
 */
@NullMarked
package io.mcpgovernor.gateway.message;

import org.jspecify.annotations.NullMarked;
