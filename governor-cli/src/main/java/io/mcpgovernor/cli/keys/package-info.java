/** {@code governor keys}: API keys with which callers show the gateway who they are. */
@NullMarked
package io.mcpgovernor.cli.keys;

import org.jspecify.annotations.NullMarked;
