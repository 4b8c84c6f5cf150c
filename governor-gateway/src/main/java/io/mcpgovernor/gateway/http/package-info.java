/** Streamable HTTP, on both sides, on Netty: no type of Netty gets out of this package. */
@NullMarked
package io.mcpgovernor.gateway.http;

import org.jspecify.annotations.NullMarked;
