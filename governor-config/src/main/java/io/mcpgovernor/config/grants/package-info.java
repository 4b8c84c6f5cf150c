/**
 * Grants that outlast the process, in an embedded SQL database that several processes may have
 * open. Knows {@code policy} and {@code call} only.
 */
@NullMarked
package io.mcpgovernor.config.grants;

import org.jspecify.annotations.NullMarked;
