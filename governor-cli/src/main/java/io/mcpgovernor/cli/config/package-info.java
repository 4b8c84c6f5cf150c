/** {@code governor init}, {@code validate} and {@code config}: the configuration file. */
@NullMarked
package io.mcpgovernor.cli.config;

import org.jspecify.annotations.NullMarked;
