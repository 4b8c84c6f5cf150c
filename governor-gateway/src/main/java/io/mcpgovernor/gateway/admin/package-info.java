/** What operators see of a gateway and do to it: health, metrics, administration. */
@NullMarked
package io.mcpgovernor.gateway.admin;

import org.jspecify.annotations.NullMarked;
