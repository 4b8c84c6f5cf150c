/**
 * How exactly PII is found: labelled texts full of look-alikes, and the scores of whatever looks
 * for PII in them. It knows nothing of the detectors it judges: formats and check digits are
 * written a second time here, so that one mistake cannot hide another.
 */
@NullMarked
package io.mcpgovernor.bench.accuracy;

import org.jspecify.annotations.NullMarked;
