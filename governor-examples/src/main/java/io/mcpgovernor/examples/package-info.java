/** Small programs that show how mcp-governor is used; the documentation quotes them. */
@NullMarked
package io.mcpgovernor.examples;

import org.jspecify.annotations.NullMarked;
