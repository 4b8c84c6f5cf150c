/** The tools of the servers behind the gateway: listed, pinned, approved or in quarantine. */
@NullMarked
package io.mcpgovernor.gateway.catalogue;

import org.jspecify.annotations.NullMarked;
