/**
 * The configuration file: YAML text to nodes that know their place, nodes to records, records to an
 * engine's builder.
 *
 * <p>The records say everything there is to say about a key, once: {@link
 * io.mcpgovernor.config.file.Key}. Reading, the JSON Schema and the version are worked out from
 * that.
 */
@NullMarked
package io.mcpgovernor.config.file;

import org.jspecify.annotations.NullMarked;
