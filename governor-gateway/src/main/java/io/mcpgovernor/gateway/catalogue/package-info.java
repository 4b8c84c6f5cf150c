/**
 * The tools of the servers behind the gateway: listed, pinned, approved or in quarantine. Knows the
 * engine and the configuration, and nothing of messages and transports.
 */
@NullMarked
package io.mcpgovernor.gateway.catalogue;

import org.jspecify.annotations.NullMarked;
