/**
 * Verifies audit logs without trusting the program that wrote them. Imports nothing but the JDK.
 */
@NullMarked
package io.mcpgovernor.verify;

import org.jspecify.annotations.NullMarked;
