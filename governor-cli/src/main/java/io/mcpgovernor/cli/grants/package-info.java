/** {@code governor grants}: who may what, in a store that governors answer from. */
@NullMarked
package io.mcpgovernor.cli.grants;

import org.jspecify.annotations.NullMarked;
