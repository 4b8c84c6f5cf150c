/** {@code governor tools}: what the tools of servers are pinned to, and what waits for approval. */
@NullMarked
package io.mcpgovernor.cli.tools;

import org.jspecify.annotations.NullMarked;
