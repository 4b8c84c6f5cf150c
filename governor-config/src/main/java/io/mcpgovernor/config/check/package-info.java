/**
 * Asks a configuration what it would say to calls, while nothing runs, is charged or put on record:
 * for explanations and for tests of policies.
 */
@NullMarked
package io.mcpgovernor.config.check;

import org.jspecify.annotations.NullMarked;
