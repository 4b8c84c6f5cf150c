/** The command line. Knows everything; nothing knows it. */
@NullMarked
package io.mcpgovernor.cli;

import org.jspecify.annotations.NullMarked;
