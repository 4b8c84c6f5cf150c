/** Commands for those who read audit logs, and for those who must not have to trust them. */
@NullMarked
package io.mcpgovernor.cli.audit;

import org.jspecify.annotations.NullMarked;
