/**
 * Twins of the benchmarks in {@code io.mcpgovernor.bench} that run under JMH: the same inputs,
 * measured by somebody else's harness, and with the bytes each operation allocates.
 *
 * <p>Those bytes are of all threads together, so a call's include what its tool's thread and the
 * audit log's writer allocate.
 */
@NullMarked
package io.mcpgovernor.bench.jmh;

import org.jspecify.annotations.NullMarked;
