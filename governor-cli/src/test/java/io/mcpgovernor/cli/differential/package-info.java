/** The same calls through both doors. */
@NullMarked
package io.mcpgovernor.cli.differential;

import org.jspecify.annotations.NullMarked;
