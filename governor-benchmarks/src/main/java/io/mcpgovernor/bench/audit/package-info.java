/** Benchmarks of what reads audit logs. */
@NullMarked
package io.mcpgovernor.bench.audit;

import org.jspecify.annotations.NullMarked;
