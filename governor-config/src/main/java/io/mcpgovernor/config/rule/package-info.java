/**
 * Rules as operators write them, compiled: conditions in CEL, reasons with places for numbers,
 * tools by globs.
 *
 * <p>Imports {@code policy} and {@code call}, nothing else of this project. Whoever has no rule
 * loads no class of CEL.
 *
 * @see <a href="https://github.com/google/cel-spec">Common Expression Language</a>
 */
@NullMarked
package io.mcpgovernor.config.rule;

import org.jspecify.annotations.NullMarked;
