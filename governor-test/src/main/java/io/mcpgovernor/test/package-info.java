/**
 * Test kit: users of the library door test how their own tools are governed. Start with {@link
 * io.mcpgovernor.test.GovernorExtension}.
 *
 * <p>Imports the doors and the engine, JUnit's API, and no other test library.
 */
@NullMarked
package io.mcpgovernor.test;

import org.jspecify.annotations.NullMarked;
