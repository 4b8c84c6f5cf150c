/**
 * Governance for tool calls: {@link io.mcpgovernor.Governor} is the way in, {@link
 * io.mcpgovernor.GovernanceInterceptor} the order of the steps.
 */
@NullMarked
package io.mcpgovernor;

import org.jspecify.annotations.NullMarked;
