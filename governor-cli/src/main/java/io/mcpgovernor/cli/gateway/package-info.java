/** {@code governor serve} and {@code governor run}: the gateway. */
@NullMarked
package io.mcpgovernor.cli.gateway;

import org.jspecify.annotations.NullMarked;
