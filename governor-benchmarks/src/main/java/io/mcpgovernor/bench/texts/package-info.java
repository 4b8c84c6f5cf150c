/** Made-up texts for measuring how fast masking is: usual ones and the worst. */
@NullMarked
package io.mcpgovernor.bench.texts;

import org.jspecify.annotations.NullMarked;
