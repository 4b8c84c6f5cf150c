/** Spans and metrics of OpenTelemetry, for those who ask for them; not loaded otherwise. */
@NullMarked
package io.mcpgovernor.gateway.trace;

import org.jspecify.annotations.NullMarked;
