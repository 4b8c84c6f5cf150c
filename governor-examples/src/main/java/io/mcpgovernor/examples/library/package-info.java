/** What a Java program does with the library: the code of docs/library.md and its neighbours. */
@NullMarked
package io.mcpgovernor.examples.library;

import org.jspecify.annotations.NullMarked;
