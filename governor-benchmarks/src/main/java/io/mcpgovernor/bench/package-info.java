/**
 * The benchmarks behind {@code governor bench}: each measures one thing against its goal and
 * against a baseline in the same run.
 */
@NullMarked
package io.mcpgovernor.bench;

import org.jspecify.annotations.NullMarked;
