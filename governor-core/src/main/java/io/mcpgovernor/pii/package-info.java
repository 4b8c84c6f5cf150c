/**
 * Where PII stands in a JSON value, and what stands there instead.
 *
 * <p>Imports {@code call} and its own {@code check} and {@code token}, and nothing else of this
 * project.
 */
@NullMarked
package io.mcpgovernor.pii;

import org.jspecify.annotations.NullMarked;
