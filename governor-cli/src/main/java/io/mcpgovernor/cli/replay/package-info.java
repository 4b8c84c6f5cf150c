/** Replaying logs of calls under another configuration. */
@NullMarked
package io.mcpgovernor.cli.replay;

import org.jspecify.annotations.NullMarked;
