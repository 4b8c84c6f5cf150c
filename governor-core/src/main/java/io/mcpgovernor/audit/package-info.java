/**
 * What happened, kept so that it is there afterwards: records, the log that keeps them, and the
 * JSONL file that is our own.
 *
 * <p>Imports {@code call} and nothing else of this project.
 */
@NullMarked
package io.mcpgovernor.audit;

import org.jspecify.annotations.NullMarked;
