/** Commands that mask, find and list PII: filters for files and pipes. */
@NullMarked
package io.mcpgovernor.cli.pii;

import org.jspecify.annotations.NullMarked;
