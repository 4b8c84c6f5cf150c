/** {@code governor explain}, {@code can-i} and {@code test}: what a configuration says to calls. */
@NullMarked
package io.mcpgovernor.cli.policy;

import org.jspecify.annotations.NullMarked;
