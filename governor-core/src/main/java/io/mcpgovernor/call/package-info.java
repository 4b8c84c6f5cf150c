/**
 * The vocabulary of a governed call: JSON values, who calls, what is called, and who runs it.
 *
 * <p>Imports nothing else of this project; every other package may import it.
 */
@NullMarked
package io.mcpgovernor.call;

import org.jspecify.annotations.NullMarked;
