/**
 * Checks of numbers that identify a person, an account, a vehicle or a device: whether characters
 * can be such a number at all. They tell a number from an accident, not whether it was issued.
 *
 * <p>Each {@link io.mcpgovernor.pii.check.Check} is a static method, grouped by the country or
 * scheme that issues the number. All are stateless and thread-safe, throw nothing for whatever the
 * bytes are, and allocate nothing (addresses of {@link io.mcpgovernor.pii.check.Bitcoin} and mixed
 * case ones of {@link io.mcpgovernor.pii.check.Ethereum} excepted, which need a hash).
 *
 * <p>Imports nothing else of this project.
 */
@NullMarked
package io.mcpgovernor.pii.check;

import org.jspecify.annotations.NullMarked;
