/** Files that several processes of one owner read and replace. */
@NullMarked
package io.mcpgovernor.gateway.disk;

import org.jspecify.annotations.NullMarked;
