/**
 * What happens to the messages between a client and a server: which are governed, how lists are
 * filtered, what of streams is masked. Speaks of transports in its own words ({@code
 * ClientExchange}, {@code Upstream}); they implement those.
 */
@NullMarked
package io.mcpgovernor.gateway.relay;

import org.jspecify.annotations.NullMarked;
