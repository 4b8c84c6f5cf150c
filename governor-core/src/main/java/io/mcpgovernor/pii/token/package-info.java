/**
 * Credentials and addresses that betray themselves by their form, in slices of UTF-8 bytes.
 *
 * <p>Each type answers where the thing that begins at a place ends, and is asked at the beginnings
 * of words. All are stateless, safe for use by many threads, and allocate nothing. None reads at or
 * beyond {@code to}; some look at a few bytes before {@code from} to see whether they are asked in
 * the middle of something longer. Each looks at a bounded number of bytes or at bytes that belong
 * to what it found.
 *
 * <p>Imports nothing of this project.
 */
@NullMarked
package io.mcpgovernor.pii.token;

import org.jspecify.annotations.NullMarked;
