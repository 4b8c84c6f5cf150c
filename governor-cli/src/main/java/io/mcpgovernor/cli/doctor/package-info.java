/** {@code governor doctor}: what an installation and its surroundings need to work. */
@NullMarked
package io.mcpgovernor.cli.doctor;

import org.jspecify.annotations.NullMarked;
