/** Check digits. */
@NullMarked
package io.mcpgovernor.pii.check;

import org.jspecify.annotations.NullMarked;
